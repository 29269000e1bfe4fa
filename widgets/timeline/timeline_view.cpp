#include "widgets/timeline/timeline_view.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "engine/base/text.h"
#include "engine/ops/op.h"
#include "widgets/style/theme.h"

namespace lathe::timeline {
namespace {

QString qt(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
QString seconds(double value) { return QString::fromStdString(base::formatSeconds(value)); }

// 1, 2 or 5 times a power of ten, so that about `count` steps cover the range.
double niceStep(double range, double count) {
    const double raw = range / std::max(count, 1.0), power = std::pow(10, std::floor(std::log10(raw)));
    const double share = raw / power;
    return power * (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10);
}

}  // namespace

TimelineView::TimelineView(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Timeline of the median run"));
}

void TimelineView::setTimeline(std::vector<profile::TimelineEntry> entries, ir::GraphPtr graph) {
    m_entries = std::move(entries);
    m_graph = std::move(graph);
    m_total = 0;
    for (const auto& entry : m_entries) m_total = std::max(m_total, entry.start + entry.duration);
    m_first = 0;
    m_last = m_total;
    update();
}

void TimelineView::setSelection(const std::vector<ir::NodeId>& nodes) {
    m_selection = nodes;
    update();
}

QRectF TimelineView::track() const {
    return {12, 32, std::max(1.0, width() - 24.0), std::max(16.0, height() - 44.0)};
}
double TimelineView::toX(double s) const {
    return track().x() + (s - m_first) / std::max(m_last - m_first, 1e-12) * track().width();
}
double TimelineView::toSeconds(double x) const {
    return m_first + (x - track().x()) / track().width() * (m_last - m_first);
}

void TimelineView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = style::theme();
    painter.fillRect(rect(), theme.canvas);
    painter.setFont(style::font(0.9));
    if (m_entries.empty()) {
        painter.setPen(theme.mutedText);
        painter.drawText(rect(), Qt::AlignCenter,
                         tr("Profile this variant with times per node to see when each node runs."));
        return;
    }
    const double step = niceStep(m_last - m_first, track().width() / 110);
    for (double tick = std::ceil(m_first / step) * step; tick <= m_last; tick += step) {
        const double x = toX(tick);
        painter.setPen(theme.hairline);
        painter.drawLine(QPointF(x, 28), QPointF(x, height() - 8));
        painter.setPen(theme.mutedText);
        const auto label = tick > 0 ? seconds(tick) : QStringLiteral("0");
        if (x + 4 + painter.fontMetrics().horizontalAdvance(label) <= width())
            painter.drawText(QRectF(x + 4, 8, 104, 18), Qt::AlignLeft | Qt::AlignVCenter, label);
    }
    painter.setClipRect(track().adjusted(-1, -1, 1, 1));
    double filledTo = -1;  // bars below a pixel merge into what is drawn already
    for (const auto& entry : m_entries) {
        const double left = toX(entry.start), right = toX(entry.start + entry.duration);
        if (right < track().left() || left > track().right()) continue;
        const bool selected =
            std::find(m_selection.begin(), m_selection.end(), entry.node) != m_selection.end();
        if (right - left < 0.5 && right <= filledTo && !selected) continue;
        filledTo = std::max(filledTo, right + 0.5);
        const QRectF bar(left, track().y(), std::max(0.5, right - left - (right - left > 3 ? 1 : 0)),
                         track().height());
        QColor color = theme.mutedText;
        QString op;
        if (m_graph && m_graph->contains(entry.node)) {
            const auto node = m_graph->node(entry.node);
            op = qt(node.op());
            if (const auto* known = ops::find(node.domain(), node.op()))
                color = style::familyColor(known->family);
        }
        painter.fillRect(bar, color);
        if (selected) {
            painter.setPen(QPen(theme.text, 2));
            painter.drawRect(bar.adjusted(1, 1, -1, -1));
        }
        if (bar.width() > 40) {
            painter.setPen(style::contrast(color, Qt::white) >= style::contrast(color, Qt::black)
                               ? Qt::white
                               : Qt::black);
            painter.drawText(
                bar.adjusted(4, 0, -4, 0), Qt::AlignLeft | Qt::AlignVCenter,
                painter.fontMetrics().elidedText(op, Qt::ElideRight, static_cast<int>(bar.width()) - 8));
        }
    }
    if (hasFocus()) {
        painter.setClipping(false);
        painter.setPen(QPen(theme.accent, 1));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

int TimelineView::entryAt(const QPointF& at) const {
    if (!track().contains(at)) return -1;
    const double s = toSeconds(at.x());
    for (size_t i = 0; i < m_entries.size(); ++i)
        if (s >= m_entries[i].start && s <= m_entries[i].start + m_entries[i].duration)
            return static_cast<int>(i);
    return -1;
}

void TimelineView::zoom(double factor, double x) {
    if (m_total <= 0) return;
    const double centre = toSeconds(x),
                 range = std::clamp((m_last - m_first) * factor, m_total * 1e-4, m_total);
    const double share = (centre - m_first) / (m_last - m_first);
    m_first = std::clamp(centre - range * share, 0.0, m_total - range);
    m_last = m_first + range;
    update();
}

void TimelineView::wheelEvent(QWheelEvent* event) {
    if (event->angleDelta().y() != 0)
        zoom(std::pow(0.85, event->angleDelta().y() / 120.0), event->position().x());
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
    m_pressedAt = event->position();
    m_pressedFirst = m_first;
    m_dragged = false;
}

void TimelineView::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton)) return;
    const double moved = event->position().x() - m_pressedAt.x();
    if (std::abs(moved) < 4 && !m_dragged) return;
    m_dragged = true;
    const double range = m_last - m_first;
    m_first =
        std::clamp(m_pressedFirst - moved / track().width() * range, 0.0, std::max(0.0, m_total - range));
    m_last = m_first + range;
    update();
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_dragged && event->button() == Qt::LeftButton) select(entryAt(event->position()));
}

void TimelineView::select(int entry) {
    if (entry < 0 || static_cast<size_t>(entry) >= m_entries.size()) return;
    m_selection = {m_entries[static_cast<size_t>(entry)].node};
    update();
    emit nodeSelected(m_selection.front());
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
    int current = -1;
    for (size_t i = 0; i < m_entries.size(); ++i)
        if (!m_selection.empty() && m_entries[i].node == m_selection.front()) current = static_cast<int>(i);
    switch (event->key()) {
        case Qt::Key_Right:
            select(current + 1);
            break;
        case Qt::Key_Left:
            select(current - 1);
            break;
        case Qt::Key_Plus:
            zoom(0.8, track().center().x());
            break;
        case Qt::Key_Minus:
            zoom(1.25, track().center().x());
            break;
        case Qt::Key_Space:
        case Qt::Key_Home:
            m_first = 0;
            m_last = m_total;
            update();
            break;
        default:
            QWidget::keyPressEvent(event);
    }
}

bool TimelineView::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int i = entryAt(help->pos());
        if (i < 0 || !m_graph) {
            QToolTip::hideText();
            return true;
        }
        const auto& entry = m_entries[static_cast<size_t>(i)];
        const auto label = m_graph->contains(entry.node)
                               ? QString::fromStdString(m_graph->node(entry.node).label())
                               : QString();
        QToolTip::showText(
            help->globalPos(),
            tr("%1\n%2, starts at %3").arg(label, seconds(entry.duration), seconds(entry.start)), this);
        return true;
    }
    return QWidget::event(event);
}

}  // namespace lathe::timeline
