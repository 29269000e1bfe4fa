#include "widgets/canvas/minimap.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "widgets/canvas/graph_canvas.h"
#include "widgets/style/theme.h"

namespace lathe::canvas {
namespace {

constexpr int kWidth = 148, kHeight = 168, kInset = 8;

}  // namespace

Minimap::Minimap(GraphCanvas* canvas) : QWidget(canvas), m_canvas(canvas) {
    setFixedSize(kWidth, kHeight);
    setCursor(Qt::ArrowCursor);
    setAccessibleName(tr("Overview of the graph"));
    setToolTip(tr("Click or drag to move the view."));
    canvas->installEventFilter(this);
    connect(canvas, &GraphCanvas::viewChanged, this, &Minimap::follow);
    follow();
}

void Minimap::setWanted(bool wanted) {
    m_wanted = wanted;
    follow();
}

void Minimap::follow() {
    if (m_scene != m_canvas->scene()) {
        m_scene = m_canvas->scene();
        drawPicture();
    }
    move(m_canvas->width() - width() - 12, m_canvas->height() - height() - 12);
    const bool room = m_canvas->width() > 4 * width() && m_canvas->height() > 2 * height();
    setVisible(m_wanted && room && m_scene && !m_canvas->visibleArea().contains(m_canvas->sceneArea()));
    update();
}

double Minimap::pictureScale() const {
    const QRectF all = m_canvas->sceneArea();
    return std::min((width() - 2.0 * kInset) / std::max(1.0, all.width()),
                    (height() - 2.0 * kInset) / std::max(1.0, all.height()));
}

QPointF Minimap::pictureOrigin() const {
    const QSizeF drawn = m_canvas->sceneArea().size() * pictureScale();
    return {(width() - drawn.width()) / 2, (height() - drawn.height()) / 2};
}

void Minimap::drawPicture() {
    m_picture = {};
    if (!m_scene) return;
    const double ratio = devicePixelRatioF();
    m_picture = QImage(size() * ratio, QImage::Format_ARGB32_Premultiplied);
    m_picture.setDevicePixelRatio(ratio);
    m_picture.fill(Qt::transparent);
    QPainter painter(&m_picture);
    const double scale = pictureScale();
    const QPointF origin = pictureOrigin();
    const QColor color = style::theme().edge;
    // At most a few thousand marks: beyond that they fall on the same pixels.
    const size_t step = std::max<size_t>(1, m_scene->layout.items.size() / 8000);
    for (size_t i = 0; i < m_scene->layout.items.size(); i += step) {
        const Box& box = m_scene->layout.items[i];
        painter.fillRect(QRectF(origin.x() + box.x * scale, origin.y() + box.y * scale,
                                std::max(1.5, box.width * scale), std::clamp(box.height * scale, 1.0, 12.0)),
                         color);
    }
}

void Minimap::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const style::Theme& theme = style::theme();
    painter.setPen(QPen(theme.hairline, 1));
    painter.setBrush(theme.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), style::kRadius, style::kRadius);
    painter.drawImage(QPointF(), m_picture);
    const double scale = pictureScale();
    const QRectF seen = m_canvas->visibleArea();
    QRectF frame(pictureOrigin() + seen.topLeft() * scale, seen.size() * scale);
    frame = frame.intersected(QRectF(rect()).adjusted(3, 3, -3, -3));
    if (frame.height() < 6) frame.adjust(0, -3, 0, 3);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.accent, 1.5));
    painter.drawRect(frame);
}

void Minimap::moveTo(const QPointF& position) {
    m_canvas->centerOn((position - pictureOrigin()) / pictureScale());
}

void Minimap::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) moveTo(event->position());
}

void Minimap::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) moveTo(event->position());
}

void Minimap::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) drawPicture();
    QWidget::changeEvent(event);
}

bool Minimap::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize || event->type() == QEvent::Show) follow();
    return QWidget::eventFilter(watched, event);
}

}  // namespace lathe::canvas
