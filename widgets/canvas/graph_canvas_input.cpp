// What the canvas does with the mouse, the wheel and keys.
#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QVariantAnimation>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "widgets/canvas/graph_canvas.h"
#include "widgets/canvas/node_painter.h"

namespace lathe::canvas {
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

const ir::ValueType& GraphCanvas::typeOf(ir::ValueId value) const {
    return (m_sized && m_sized->contains(value) ? *m_sized : m_scene->display.graph()).value(value).type();
}

QString GraphCanvas::toolTipAt(const QPointF& position) const {
    const Hit hit = hitAt(position);
    if (!m_scene) return {};
    const ir::Graph& graph = m_scene->display.graph();
    const auto describe = [&](ir::ValueId value) {
        return style::text(graph.value(value).name()).toHtmlEscaped() + QStringLiteral("<br>") +
               style::text(ir::toString(typeOf(value))).toHtmlEscaped();
    };
    if (hit.item >= 0) {
        const DisplayItem& item = m_scene->display.items[static_cast<size_t>(hit.item)];
        if (item.kind == DisplayItem::Kind::input || item.kind == DisplayItem::Kind::output)
            return describe(item.value);
        if (item.kind == DisplayItem::Kind::group) {
            const Group& group = m_scene->display.hierarchy->groups[static_cast<size_t>(item.group)];
            return QStringLiteral("<b>%1</b><br>%2")
                .arg(style::text(group.path).toHtmlEscaped(),
                     style::groupedIn(tr("%n nodes. Double-click to open.", nullptr, group.nodeCount),
                                      group.nodeCount));
        }
        const ir::Node node = graph.node(item.node);
        QString text =
            QStringLiteral("<b>%1</b> %2")
                .arg(style::text(node.op()).toHtmlEscaped(), style::text(node.label()).toHtmlEscaped());
        for (const ir::ValueId output : node.outputs())
            if (output)
                text += QStringLiteral("<br>→ ") + style::text(ir::toString(typeOf(output))).toHtmlEscaped();
        if (m_metric)
            if (const double* value = m_metric->find(item.node))
                text += QStringLiteral("<br>%1: %2")
                            .arg(m_metric->title.toHtmlEscaped(), style::formatted(m_metric->unit, *value));
        return text;
    }
    if (hit.edge >= 0) return describe(m_scene->display.edges[static_cast<size_t>(hit.edge)].value);
    return {};
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
