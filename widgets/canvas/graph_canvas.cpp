#include "widgets/canvas/graph_canvas.h"

#include <QAccessible>
#include <QPainter>
#include <QVariantAnimation>
#include <algorithm>
#include <cmath>

#include "widgets/canvas/node_painter.h"
#include "widgets/style/theme.h"

namespace lathe::canvas {

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

void GraphCanvas::setShapes(ir::GraphPtr sized) {
    if (m_sized == sized) return;
    m_sized = std::move(sized);
    m_painter->setShapes(m_sized);
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
    m_painter->paintLegend(painter, rect());
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

}  // namespace lathe::canvas
