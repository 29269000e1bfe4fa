// Where the canvas looks: pan, zoom, fit.
#include <QPainter>
#include <QVariantAnimation>
#include <algorithm>
#include <cmath>

#include "widgets/canvas/graph_canvas.h"
#include "widgets/canvas/node_painter.h"
#include "widgets/style/theme.h"

namespace lathe::canvas {
namespace {

constexpr double kSmallestScale = 0.0005;
constexpr double kLargestScale = 4;
constexpr double kFitMargin = 24;
constexpr double kReadableScale = 0.55;  // below, names are not drawn
constexpr double kFirstScale = 0.85;     // of a graph that is not readable as a whole

QRectF rectOf(const Box& box) { return {box.x, box.y, box.width, box.height}; }

}  // namespace

QRectF GraphCanvas::visibleArea() const { return {m_origin, QSizeF(width() / m_scale, height() / m_scale)}; }

QRectF GraphCanvas::sceneArea() const {
    return m_scene ? QRectF(0, 0, m_scene->layout.width, m_scene->layout.height) : QRectF();
}

QImage GraphCanvas::renderImage(double scale, const QSize& largest) {
    const QRectF area = sceneArea().adjusted(-kFitMargin, -kFitMargin, kFitMargin, kFitMargin);
    scale = std::min({scale, largest.width() / area.width(), largest.height() / area.height()});
    QImage image((area.size() * scale).toSize().expandedTo(QSize(1, 1)), QImage::Format_ARGB32_Premultiplied);
    image.fill(style::theme().canvas);
    QPainter painter(&image);
    const std::vector<int32_t> none;
    const std::vector<bool> notSelected(m_scene ? m_scene->display.items.size() : 0);
    m_painter->paint(painter, {scale, area.topLeft(), image.size()}, {&none, &notSelected, -1, -1});
    return image;
}

QPointF GraphCanvas::toScene(const QPointF& position) const { return m_origin + position / m_scale; }

void GraphCanvas::setView(double scale, const QPointF& origin) {
    m_scale = std::clamp(scale, kSmallestScale, kLargestScale);
    m_origin = origin;
    if (m_scene) {  // a corner of the drawing always stays in sight
        const QRectF all = sceneArea();
        const double marginX = width() / m_scale * 0.9, marginY = height() / m_scale * 0.9;
        m_origin.setX(
            std::clamp(m_origin.x(), all.left() - marginX, all.right() - width() / m_scale + marginX));
        m_origin.setY(
            std::clamp(m_origin.y(), all.top() - marginY, all.bottom() - height() / m_scale + marginY));
    }
    update();
    emit viewChanged();
}

void GraphCanvas::moveView(double scale, const QPointF& origin) {
    if (m_motion) m_motion->stop();
    if (!style::motionWanted() || !isVisible()) {
        setView(scale, origin);
        return;
    }
    if (!m_motion) m_motion = new QVariantAnimation(this);
    m_motion->disconnect();
    const double fromScale = m_scale;
    const QPointF fromCenter = visibleArea().center();
    const QPointF toCenter = origin + QPointF(width(), height()) / scale / 2;
    m_motion->setDuration(style::kMotionMilliseconds);
    m_motion->setStartValue(0.0);
    m_motion->setEndValue(1.0);
    m_motion->setEasingCurve(QEasingCurve::OutCubic);
    connect(m_motion, &QVariantAnimation::valueChanged, this, [=, this](const QVariant& value) {
        const double t = value.toDouble();
        const double now = fromScale * std::pow(scale / fromScale, t);
        // The centre moves evenly on the window, not in the scene.
        const double share =
            std::abs(scale - fromScale) < 1e-9 ? t : (1 / now - 1 / fromScale) / (1 / scale - 1 / fromScale);
        const QPointF center = fromCenter + (toCenter - fromCenter) * share;
        setView(now, center - QPointF(width(), height()) / now / 2);
    });
    m_motion->start();
}

void GraphCanvas::fit(const QRectF& area, double largestScale) {
    if (area.isEmpty() && area.width() <= 0 && area.height() <= 0) return;
    const double scale = std::clamp(std::min((width() - 2 * kFitMargin) / std::max(1.0, area.width()),
                                             (height() - 2 * kFitMargin) / std::max(1.0, area.height())),
                                    kSmallestScale, largestScale);
    moveView(scale, area.center() - QPointF(width(), height()) / scale / 2);
}

// Without movement: the first picture, which nobody has an orientation in yet. The whole where it can be
// read, else the beginning; the minimap shows the rest.
void GraphCanvas::fitAtOnce() {
    const QRectF all = sceneArea();
    const double fitting = std::min((width() - 2 * kFitMargin) / std::max(1.0, all.width()),
                                    (height() - 2 * kFitMargin) / std::max(1.0, all.height()));
    if (fitting >= kReadableScale || !m_scene || m_scene->layout.items.empty()) {
        const double scale = std::clamp(fitting, kSmallestScale, 1.0);
        setView(scale, all.center() - QPointF(width(), height()) / scale / 2);
        return;
    }
    const Box& first = *std::min_element(m_scene->layout.items.begin(), m_scene->layout.items.end(),
                                         [](const Box& a, const Box& b) { return a.y < b.y; });
    const bool narrow = all.width() * kFirstScale <= width() - 2 * kFitMargin;
    const double middle = narrow ? all.center().x() : first.centerX();
    setView(kFirstScale, QPointF(middle - width() / kFirstScale / 2, all.top() - kFitMargin / kFirstScale));
}

void GraphCanvas::fitAll() { fit(sceneArea(), 1.0); }

void GraphCanvas::fitSelection() {
    if (!m_scene || m_selected.empty()) return fitAll();
    QRectF area;
    for (const int32_t item : m_selected) area |= rectOf(m_scene->layout.items[static_cast<size_t>(item)]);
    fit(area.adjusted(-80, -80, 80, 80), 1.25);
}

void GraphCanvas::zoomAt(const QPointF& position, double factor) {
    if (m_motion) m_motion->stop();
    const QPointF fixed = toScene(position);
    const double scale = std::clamp(m_scale * factor, kSmallestScale, kLargestScale);
    setView(scale, fixed - position / scale);
}

void GraphCanvas::zoomIn() { zoomAt(QPointF(width() / 2.0, height() / 2.0), 1.25); }
void GraphCanvas::zoomOut() { zoomAt(QPointF(width() / 2.0, height() / 2.0), 0.8); }
void GraphCanvas::zoomToActualSize() { zoomAt(QPointF(width() / 2.0, height() / 2.0), 1 / m_scale); }

void GraphCanvas::centerOn(const QPointF& scenePoint) {
    setView(m_scale, scenePoint - QPointF(width(), height()) / m_scale / 2);
}

void GraphCanvas::showSelected() {
    if (!m_scene || m_selected.empty()) return;
    QRectF area;
    for (const int32_t item : m_selected) area |= rectOf(m_scene->layout.items[static_cast<size_t>(item)]);
    if (visibleArea().contains(area)) return;
    if (area.width() * kReadableScale < width() && area.height() * kReadableScale < height())
        fitSelection();
    else
        ensureVisible(m_selected.front());
}

void GraphCanvas::ensureVisible(int32_t item) {
    const QRectF box = rectOf(m_scene->layout.items[static_cast<size_t>(item)]);
    const double scale = m_scale < 0.6 ? 1.0 : m_scale;
    const QRectF inner = visibleArea().adjusted(32 / m_scale, 32 / m_scale, -32 / m_scale, -32 / m_scale);
    if (scale == m_scale && inner.contains(box)) return;
    moveView(scale, box.center() - QPointF(width(), height()) / scale / 2);
}

}  // namespace lathe::canvas
