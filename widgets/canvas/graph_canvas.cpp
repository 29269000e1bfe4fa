#include "widgets/canvas/graph_canvas.h"

#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QVariantAnimation>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

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

GraphCanvas::GraphCanvas(QWidget* parent)
    : QWidget(parent),
      m_painter(std::make_unique<NodePainter>()),
      m_emptyText(tr("Open a model to see its graph.")) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(160, 120);
    setAccessibleName(tr("Graph"));
    announce();
}

GraphCanvas::~GraphCanvas() = default;

void GraphCanvas::setScene(ScenePtr scene) {
    if (m_motion) m_motion->stop();
    const ScenePtr before = std::exchange(m_scene, std::move(scene));
    std::vector<ir::NodeId> kept;
    // Where the anchor lies on the window now, so that it can be put there again.
    QPointF anchor(width() / 2.0, height() / 2.0);
    bool anchored = false;
    ir::NodeId anchorNode;
    if (before) {
        for (const int32_t item : m_selected)
            for (const ir::NodeId node :
                 nodesOf(before->display, before->display.items[static_cast<size_t>(item)]))
                kept.push_back(node);
        int32_t anchorItem = m_selected.empty() ? -1 : m_selected.front();
        if (anchorItem < 0) anchorItem = hitAt(anchor).item;
        if (anchorItem >= 0) {
            const auto nodes =
                nodesOf(before->display, before->display.items[static_cast<size_t>(anchorItem)]);
            if (!nodes.empty()) anchorNode = nodes.front();
            const Box& box = before->layout.items[static_cast<size_t>(anchorItem)];
            anchor = (QPointF(box.centerX(), box.y) - m_origin) * m_scale;
        }
    }
    m_selected.clear();
    m_isSelected.assign(m_scene ? m_scene->display.items.size() : 0, false);
    m_selectedEdge = -1;
    m_hovered = -1;
    m_painter->prepare(m_scene, m_metric, m_colorBy);
    m_painter->setHighlights(m_highlights);
    if (m_scene && before && anchorNode) {
        if (const int32_t item = m_scene->itemOf(anchorNode); item >= 0) {
            const Box& box = m_scene->layout.items[static_cast<size_t>(item)];
            setView(m_scale, QPointF(box.centerX(), box.y) - anchor / m_scale);
            anchored = true;
        }
    }
    if (m_scene) {
        if (!anchored) {
            m_fitOnResize = true;
            fitAtOnce();
        }
        if (kept.size() <= 4096) setSelectedNodes(kept);
        if (m_revealNext && m_scene->itemOf(m_revealNext) >= 0) revealNode(std::exchange(m_revealNext, {}));
    }
    announce();
    update();
    emit viewChanged();
}

void GraphCanvas::setEmptyText(const QString& text) {
    m_emptyText = text;
    update();
}

void GraphCanvas::setMetric(NodeMetricPtr metric) {
    m_metric = std::move(metric);
    m_painter->prepare(m_scene, m_metric, m_colorBy);
    m_painter->setHighlights(m_highlights);
    update();
}

void GraphCanvas::setColorBy(ColorBy colorBy) {
    m_colorBy = colorBy;
    m_painter->prepare(m_scene, m_metric, m_colorBy);
    m_painter->setHighlights(m_highlights);
    update();
}

void GraphCanvas::setHighlights(const std::vector<ir::NodeId>& nodes) {
    m_highlights = nodes;
    m_painter->setHighlights(nodes);
    update();
}

void GraphCanvas::setLegendVisible(bool visible) {
    m_legendVisible = visible;
    update();
}

std::vector<ir::NodeId> GraphCanvas::selectedNodes() const {
    std::vector<ir::NodeId> nodes;
    if (!m_scene) return nodes;
    for (const int32_t item : m_selected) {
        const auto some = nodesOf(m_scene->display, m_scene->display.items[static_cast<size_t>(item)]);
        nodes.insert(nodes.end(), some.begin(), some.end());
    }
    return nodes;
}

ir::ValueId GraphCanvas::selectedValue() const {
    if (!m_scene) return {};
    if (m_selectedEdge >= 0) return m_scene->display.edges[static_cast<size_t>(m_selectedEdge)].value;
    return m_selected.size() == 1 ? m_scene->display.items[static_cast<size_t>(m_selected[0])].value
                                  : ir::ValueId{};
}

void GraphCanvas::setSelectedNodes(const std::vector<ir::NodeId>& nodes) {
    std::vector<int32_t> items;
    std::vector<bool> taken(m_scene ? m_scene->display.items.size() : 0);
    if (m_scene)
        for (const ir::NodeId node : nodes) {
            const int32_t item = m_scene->itemOf(node);
            if (item < 0 || taken[static_cast<size_t>(item)]) continue;
            taken[static_cast<size_t>(item)] = true;
            items.push_back(item);
        }
    select(std::move(items), false);
}

void GraphCanvas::revealNode(ir::NodeId node) {
    if (!m_scene) return;
    const int32_t item = m_scene->itemOf(node);
    if (item < 0) return;
    if (m_scene->display.items[static_cast<size_t>(item)].kind == DisplayItem::Kind::group) {
        m_revealNext = node;
        requestExpansion(revealing(*m_scene->display.hierarchy, m_scene->display.expansion, node));
        return;
    }
    select({item}, false);
    ensureVisible(item);
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

bool GraphCanvas::canExpandSelected() const {
    return m_scene && !m_selected.empty() && !pathOfItem(m_selected.front()).empty();
}

bool GraphCanvas::canCollapseSelected() const {
    return m_scene && !m_selected.empty() &&
           m_scene->display.items[static_cast<size_t>(m_selected.front())].frame >= 0;
}

void GraphCanvas::clearSelection() {
    m_selectedEdge = -1;
    select({}, true);
}

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

std::string GraphCanvas::pathOfItem(int32_t item) const {
    const DisplayItem& shown = m_scene->display.items[static_cast<size_t>(item)];
    const int32_t group = shown.kind == DisplayItem::Kind::group ? shown.group : -1;
    return group < 0 ? std::string() : m_scene->display.hierarchy->groups[static_cast<size_t>(group)].path;
}

void GraphCanvas::requestExpansion(const Expansion& expansion) {
    if (m_scene && expansion != m_scene->display.expansion) emit layoutRequested(expansion);
}

void GraphCanvas::toggle(const std::string& path, bool recursive) {
    Expansion expansion = m_scene->display.expansion;
    const bool open = expansion.contains(path);
    for (const Group& group : m_scene->display.hierarchy->groups) {
        const bool beneath = group.path.starts_with(path + "/");
        if (group.path != path && !(recursive && beneath)) continue;
        if (open)
            expansion.erase(group.path);
        else
            expansion.insert(group.path);
    }
    requestExpansion(expansion);
}

void GraphCanvas::expandSelected(bool recursive) {
    if (!m_scene) return;
    for (const int32_t item : m_selected)
        if (const std::string path = pathOfItem(item); !path.empty()) return toggle(path, recursive);
}

void GraphCanvas::collapseSelected() {
    if (!m_scene || m_selected.empty()) return;
    const int32_t frame = m_scene->display.items[static_cast<size_t>(m_selected.front())].frame;
    if (frame >= 0) toggle(m_scene->display.hierarchy->groups[static_cast<size_t>(frame)].path, false);
}

void GraphCanvas::expandAll() {
    if (m_scene) requestExpansion(allExpanded(*m_scene->display.hierarchy));
}

void GraphCanvas::collapseAll() {
    if (m_scene) requestExpansion({});
}

void GraphCanvas::select(std::vector<int32_t> items, bool notify) {
    if (!items.empty()) m_selectedEdge = -1;
    if (items == m_selected && !notify) return;
    m_selected = std::move(items);
    m_isSelected.assign(m_scene ? m_scene->display.items.size() : 0, false);
    for (const int32_t item : m_selected) m_isSelected[static_cast<size_t>(item)] = true;
    announce();
    update();
    if (notify) emit selectionChanged(selectedNodes());
}

void GraphCanvas::announce() {
    QString text = m_emptyText;
    if (m_scene) {
        text = tr("%n item(s), nothing selected", nullptr, static_cast<int>(m_scene->display.items.size()));
        if (m_selected.size() > 1)
            text = tr("%n item(s) selected", nullptr, static_cast<int>(m_selected.size()));
        if (m_selected.size() == 1) {
            const auto item = static_cast<uint32_t>(m_selected.front());
            const DisplayItem& shown = m_scene->display.items[item];
            text = tr("%1 %2, %3 inputs, %4 outputs")
                       .arg(style::text(titleOf(m_scene->display, shown)),
                            style::text(subtitleOf(m_scene->display, shown)))
                       .arg(m_scene->firstIn[item + 1] - m_scene->firstIn[item])
                       .arg(m_scene->firstOut[item + 1] - m_scene->firstOut[item]);
        }
    }
    if (text == accessibleDescription()) return;
    setAccessibleDescription(text);
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

void GraphCanvas::ensureVisible(int32_t item) {
    const QRectF box = rectOf(m_scene->layout.items[static_cast<size_t>(item)]);
    const double scale = m_scale < 0.6 ? 1.0 : m_scale;
    const QRectF inner = visibleArea().adjusted(32 / m_scale, 32 / m_scale, -32 / m_scale, -32 / m_scale);
    if (scale == m_scale && inner.contains(box)) return;
    moveView(scale, box.center() - QPointF(width(), height()) / scale / 2);
}

GraphCanvas::Hit GraphCanvas::hitAt(const QPointF& position) const {
    Hit hit;
    if (!m_scene) return hit;
    const QPointF at = toScene(position);
    m_scene->items.query({at.x(), at.y(), 0, 0},
                         [&](uint32_t item) { hit.item = static_cast<int32_t>(item); });
    if (hit.item >= 0) return hit;
    for (const Layout::Frame& frame : m_scene->layout.frames) {
        const QRectF header(frame.box.x, frame.box.y, frame.box.width, kFrameHeader);
        if (header.contains(at)) hit.frame = frame.group;
    }
    const double reach = 4 / m_scale;
    m_scene->segments.query({at.x() - reach, at.y() - reach, 2 * reach, 2 * reach}, [&](uint32_t segment) {
        hit.edge = static_cast<int32_t>(m_scene->layout.wires[m_scene->segmentWires[segment].first].edge);
    });
    return hit;
}

QString GraphCanvas::toolTipAt(const QPointF& position) const {
    const Hit hit = hitAt(position);
    if (!m_scene) return {};
    const ir::Graph& graph = m_scene->display.graph();
    const auto describe = [&](ir::ValueId value) {
        return style::text(graph.value(value).name()).toHtmlEscaped() + QStringLiteral("<br>") +
               style::text(ir::toString(graph.value(value).type())).toHtmlEscaped();
    };
    if (hit.item >= 0) {
        const DisplayItem& item = m_scene->display.items[static_cast<size_t>(hit.item)];
        if (item.kind == DisplayItem::Kind::input || item.kind == DisplayItem::Kind::output)
            return describe(item.value);
        if (item.kind == DisplayItem::Kind::group) {
            const Group& group = m_scene->display.hierarchy->groups[static_cast<size_t>(item.group)];
            return QStringLiteral("<b>%1</b><br>%2")
                .arg(style::text(group.path).toHtmlEscaped(),
                     tr("%n nodes. Double-click to open.", nullptr, group.nodeCount));
        }
        const ir::Node node = graph.node(item.node);
        QString text =
            QStringLiteral("<b>%1</b> %2")
                .arg(style::text(node.op()).toHtmlEscaped(), style::text(node.label()).toHtmlEscaped());
        for (const ir::ValueId output : node.outputs())
            if (output)
                text += QStringLiteral("<br>→ ") +
                        style::text(ir::toString(graph.value(output).type())).toHtmlEscaped();
        if (m_metric)
            if (const double* value = m_metric->find(item.node))
                text += QStringLiteral("<br>%1: %2")
                            .arg(m_metric->title.toHtmlEscaped(), style::formatted(m_metric->unit, *value));
        return text;
    }
    if (hit.edge >= 0) return describe(m_scene->display.edges[static_cast<size_t>(hit.edge)].value);
    return {};
}

void GraphCanvas::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), style::theme().canvas);
    if (!m_scene || m_scene->display.items.empty()) {
        painter.setPen(style::theme().mutedText);
        painter.drawText(rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    m_painter->paint(painter, {m_scale, m_origin, size()},
                     {&m_selected, &m_isSelected, m_hovered, m_selectedEdge});
    if (m_legendVisible) m_painter->paintLegend(painter, rect());
    if (m_focusVisible && hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(style::theme().accent, 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void GraphCanvas::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    // Until a person moves, the first picture is the whole.
    if (m_scene && m_fitOnResize) {
        fitAtOnce();
    } else {
        emit viewChanged();
    }
}

void GraphCanvas::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
    if (m_motion) m_motion->stop();
    m_fitOnResize = false;
    m_mouseDown = true;
    m_dragging = false;
    m_pressed = event->position();
    m_pressedOrigin = m_origin;
}

void GraphCanvas::mouseMoveEvent(QMouseEvent* event) {
    if (m_mouseDown) {
        const QPointF moved = event->position() - m_pressed;
        if (!m_dragging && moved.manhattanLength() >= QApplication::startDragDistance()) {
            m_dragging = true;
            setCursor(Qt::ClosedHandCursor);
        }
        if (m_dragging) setView(m_scale, m_pressedOrigin - moved / m_scale);
        return;
    }
    const Hit hit = hitAt(event->position());
    if (hit.item != m_hovered) {
        m_hovered = hit.item;
        update();
    }
    setCursor(hit.item >= 0 || hit.frame >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void GraphCanvas::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_mouseDown) return;
    m_mouseDown = false;
    if (m_dragging) {
        m_dragging = false;
        setCursor(Qt::ArrowCursor);
        return;
    }
    if (event->button() != Qt::LeftButton || !m_scene) return;
    const Hit hit = hitAt(event->position());
    const bool add = event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier);
    if (hit.item >= 0) {
        std::vector<int32_t> items = add ? m_selected : std::vector<int32_t>{};
        const auto at = std::find(items.begin(), items.end(), hit.item);
        if (at == items.end())
            items.push_back(hit.item);
        else
            items.erase(at);
        select(std::move(items), true);
        const DisplayItem& item = m_scene->display.items[static_cast<size_t>(hit.item)];
        if (item.value) emit valueSelected(item.value);
        return;
    }
    if (add) return;
    select({}, true);
    m_selectedEdge = hit.edge;
    if (hit.edge >= 0) emit valueSelected(m_scene->display.edges[static_cast<size_t>(hit.edge)].value);
    update();
}

void GraphCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_scene) return;
    m_mouseDown = false;
    const Hit hit = hitAt(event->position());
    const bool recursive = event->modifiers() & Qt::ShiftModifier;
    if (hit.item >= 0) {
        const DisplayItem& item = m_scene->display.items[static_cast<size_t>(hit.item)];
        if (item.kind == DisplayItem::Kind::group)
            toggle(pathOfItem(hit.item), recursive);
        else if (item.node)
            emit nodeActivated(item.node);
    } else if (hit.frame >= 0) {
        toggle(m_scene->display.hierarchy->groups[static_cast<size_t>(hit.frame)].path, recursive);
    }
}

void GraphCanvas::wheelEvent(QWheelEvent* event) {
    m_fitOnResize = false;
    if (m_mouseDown) return;
    const bool control = event->modifiers() & Qt::ControlModifier;
    // A touchpad sends pixels: two fingers pan whatever the wheel is set to.
    const bool touchpad = !event->pixelDelta().isNull() && event->phase() != Qt::NoScrollPhase;
    if (control || (m_wheelAction == WheelAction::zoom && !touchpad)) {
        const int turn = event->angleDelta().y();
        if (turn != 0) zoomAt(event->position(), std::pow(1.2, turn / 120.0));
    } else {
        QPointF delta = touchpad ? QPointF(event->pixelDelta()) : QPointF(event->angleDelta()) / 120.0 * 64;
        if (event->modifiers() & Qt::ShiftModifier) delta = QPointF(delta.y(), delta.x());
        setView(m_scale, m_origin - delta / m_scale);
    }
    event->accept();
}

// Up and down follow edges, left and right go to neighbours on the same level.
void GraphCanvas::walk(int key, bool extend) {
    if (!m_scene || m_scene->display.items.empty()) return;
    if (m_selected.empty()) {
        int32_t first = 0;
        double nearest = 1e300;
        const QPointF center = visibleArea().center();
        for (size_t i = 0; i < m_scene->layout.items.size(); ++i) {
            const Box& box = m_scene->layout.items[i];
            const double away = std::hypot(box.centerX() - center.x(), box.centerY() - center.y());
            if (away < nearest) {
                nearest = away;
                first = static_cast<int32_t>(i);
            }
        }
        select({first}, true);
        ensureVisible(first);
        return;
    }
    const auto at = static_cast<uint32_t>(m_selected.back());
    const Box& here = m_scene->layout.items[at];
    int32_t best = -1;
    double cost = 1e300;
    const auto consider = [&](uint32_t item, double price) {
        if (item != at && price < cost) {
            cost = price;
            best = static_cast<int32_t>(item);
        }
    };
    if (key == Qt::Key_Down || key == Qt::Key_Up) {
        const bool down = key == Qt::Key_Down;
        const auto& first = down ? m_scene->firstOut : m_scene->firstIn;
        const auto& list = down ? m_scene->edgesOut : m_scene->edgesIn;
        for (uint32_t i = first[at]; i < first[at + 1]; ++i) {
            const DisplayEdge& edge = m_scene->display.edges[list[i]];
            const uint32_t other = down ? edge.target : edge.source;
            const Box& box = m_scene->layout.items[other];
            consider(other, std::hypot(box.centerX() - here.centerX(), box.centerY() - here.centerY()));
        }
    } else {
        const bool right = key == Qt::Key_Right;
        const Box band{right ? here.right() + 1 : here.x - 1e6, here.y - 40, right ? 1e6 : 1e6 - 1,
                       here.height + 80};
        m_scene->items.query(band, [&](uint32_t item) {
            const Box& box = m_scene->layout.items[item];
            const double dx = right ? box.centerX() - here.centerX() : here.centerX() - box.centerX();
            if (dx > 0) consider(item, dx + 4 * std::abs(box.centerY() - here.centerY()));
        });
    }
    if (best < 0) return;
    std::vector<int32_t> items = extend ? m_selected : std::vector<int32_t>{};
    if (std::find(items.begin(), items.end(), best) == items.end()) items.push_back(best);
    select(std::move(items), true);
    ensureVisible(best);
}

void GraphCanvas::keyPressEvent(QKeyEvent* event) {
    m_fitOnResize = false;
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    switch (event->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_Left:
        case Qt::Key_Right:
            if (event->modifiers() & Qt::ControlModifier) {
                const QPointF step(event->key() == Qt::Key_Left    ? -80
                                   : event->key() == Qt::Key_Right ? 80
                                                                   : 0,
                                   event->key() == Qt::Key_Up     ? -80
                                   : event->key() == Qt::Key_Down ? 80
                                                                  : 0);
                setView(m_scale, m_origin + step / m_scale);
            } else {
                walk(event->key(), shift);
            }
            return;
        case Qt::Key_F:
            fitSelection();
            return;
        case Qt::Key_Space:
        case Qt::Key_Home:
            fitAll();
            return;
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            zoomIn();
            return;
        case Qt::Key_Minus:
            zoomOut();
            return;
        case Qt::Key_0:
            zoomToActualSize();
            return;
        case Qt::Key_PageUp:
            setView(m_scale, m_origin - QPointF(0, height() * 0.8 / m_scale));
            return;
        case Qt::Key_PageDown:
            setView(m_scale, m_origin + QPointF(0, height() * 0.8 / m_scale));
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (!m_scene || m_selected.empty()) break;
            if (!pathOfItem(m_selected.front()).empty())
                expandSelected(shift);
            else if (const auto node = m_scene->display.items[static_cast<size_t>(m_selected.front())].node)
                emit nodeActivated(node);
            return;
        case Qt::Key_Backspace:
            collapseSelected();
            return;
        case Qt::Key_Escape:
            if (m_selected.empty() && m_selectedEdge < 0) break;
            clearSelection();
            return;
        default:
            break;
    }
    QWidget::keyPressEvent(event);
}

void GraphCanvas::contextMenuEvent(QContextMenuEvent* event) {
    ir::NodeId node;
    QPoint where = event->globalPos();
    if (m_scene) {
        const Hit hit = hitAt(event->pos());
        int32_t item = hit.item;
        if (event->reason() == QContextMenuEvent::Keyboard && !m_selected.empty()) {
            item = m_selected.front();
            const Box& box = m_scene->layout.items[static_cast<size_t>(item)];
            where = mapToGlobal(((QPointF(box.centerX(), box.centerY()) - m_origin) * m_scale).toPoint());
        }
        if (item >= 0) {
            if (std::find(m_selected.begin(), m_selected.end(), item) == m_selected.end())
                select({item}, true);
            node = m_scene->display.items[static_cast<size_t>(item)].node;
        } else if (hit.edge >= 0 && event->reason() != QContextMenuEvent::Keyboard) {
            select({}, true);
            m_selectedEdge = hit.edge;
            emit valueSelected(m_scene->display.edges[static_cast<size_t>(hit.edge)].value);
        }
    }
    emit contextMenuRequested(where, node);
}

// A ring for those who came by keyboard; round the largest thing of the window it would only distract others.
void GraphCanvas::focusInEvent(QFocusEvent* event) {
    m_focusVisible = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
                     event->reason() == Qt::ShortcutFocusReason;
    QWidget::focusInEvent(event);
}

void GraphCanvas::leaveEvent(QEvent*) {
    if (m_hovered < 0) return;
    m_hovered = -1;
    update();
}

void GraphCanvas::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) {
        m_painter->prepare(m_scene, m_metric, m_colorBy);
        m_painter->setHighlights(m_highlights);
        update();
    }
    QWidget::changeEvent(event);
}

bool GraphCanvas::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = toolTipAt(help->pos());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return QWidget::event(event);
}

}  // namespace lathe::canvas
