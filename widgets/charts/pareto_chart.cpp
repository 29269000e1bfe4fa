#include "widgets/charts/pareto_chart.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/text.h"
#include "widgets/style/theme.h"

namespace lathe::charts {

std::vector<size_t> paretoFront(const std::vector<ParetoPoint>& points) {
    std::vector<size_t> order(points.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
        return points[a].x != points[b].x ? points[a].x < points[b].x : points[a].y > points[b].y;
    });
    std::vector<size_t> front;
    for (const auto i : order)
        if (front.empty() || points[i].y > points[front.back()].y) front.push_back(i);
    return front;
}

ParetoChart::ParetoChart(QWidget* parent) : Chart(parent) {
    setEmptyText(tr("Evaluate and profile variants to see them here: one point a variant."));
    setEmpty(true);
    // Only after the layout it is known how many pixels the axes have.
    connect(&plot(), &QCustomPlot::afterLayout, this, &ParetoChart::placeNames);
}

void ParetoChart::setPoints(std::vector<ParetoPoint> points, const QString& xLabel, const QString& yLabel) {
    m_points = std::move(points);
    m_x = xLabel;
    m_y = yLabel;
    setAxes(xLabel, yLabel);
    setEmpty(m_points.empty());
    if (!m_points.empty()) {
        const auto right = std::max_element(m_points.begin(), m_points.end(),
                                            [](const auto& a, const auto& b) { return a.x < b.x; });
        const auto [low, high] = std::minmax_element(m_points.begin(), m_points.end(),
                                                     [](const auto& a, const auto& b) { return a.y < b.y; });
        const double height = std::max(high->y - low->y, 1.0);
        plot().xAxis->setRange(0, std::max(right->x * 1.35, 1e-9));
        plot().yAxis->setRange(low->y - height * 0.25, high->y + height * 0.25);
    }
    refresh();
}

void ParetoChart::setYMeasured(bool measured) {
    m_yMeasured = measured;
    plot().yAxis->setTickLabels(measured);
    refresh();
}

void ParetoChart::setCurrent(qint64 id) {
    m_current = id;
    refresh();
}

double ParetoChart::radius(const ParetoPoint& point) const {
    double largest = 1;
    for (const auto& p : m_points) largest = std::max(largest, p.size);
    return 5 + 9 * std::sqrt(point.size / largest);
}

void ParetoChart::restyle() {
    const auto& theme = style::theme();
    auto& chart = plot();
    chart.clearGraphs();
    chart.clearItems();
    m_names.clear();
    auto* line = chart.addGraph();
    QPen dashed(theme.accent, 1.5, Qt::DashLine);
    line->setPen(dashed);
    for (const auto i : paretoFront(m_points)) line->addData(m_points[i].x, m_points[i].y);
    for (size_t i = 0; i < m_points.size(); ++i) {
        const auto& point = m_points[i];
        auto* dot = chart.addGraph();
        QColor fill = style::seriesColor(static_cast<int>(i));
        const QPen outline(point.id == m_current ? theme.text : fill, point.id == m_current ? 2.5 : 1.5);
        fill.setAlpha(110);
        dot->setLineStyle(QCPGraph::lsNone);
        dot->setScatterStyle(
            QCPScatterStyle(QCPScatterStyle::ssCircle, outline, QBrush(fill), radius(point) * 2));
        dot->addData(point.x, point.y);
        auto* name = new QCPItemText(&chart);
        name->setText(point.name.size() > 28 ? point.name.left(27) + QChar(0x2026) : point.name);
        name->setColor(theme.text);
        auto font = style::font(0.9);
        font.setBold(point.id == m_current);
        name->setFont(font);
        name->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        name->position->setType(QCPItemPosition::ptAbsolute);
        auto* leader = new QCPItemLine(&chart);
        leader->setPen(QPen(theme.edge, 1));
        leader->start->setType(QCPItemPosition::ptAbsolute);
        leader->end->setType(QCPItemPosition::ptAbsolute);
        m_names.push_back({name, leader});
    }
}

void ParetoChart::placeNames() {
    const QRectF area = plot().axisRect()->rect();
    std::vector<QRectF> taken;
    const auto centre = [this](size_t i) {
        return QPointF(plot().xAxis->coordToPixel(m_points[i].x), plot().yAxis->coordToPixel(m_points[i].y));
    };
    for (size_t i = 0; i < m_points.size(); ++i) {
        const double r = radius(m_points[i]) + 1;
        taken.emplace_back(centre(i) - QPointF(r, r), QSizeF(2 * r, 2 * r));
    }
    // The current variant chooses first, then from the left.
    std::vector<size_t> order(m_names.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::sort(order.begin(), order.end(), [this](size_t a, size_t b) {
        const bool first = m_points[a].id == m_current, second = m_points[b].id == m_current;
        return first != second ? first : m_points[a].x < m_points[b].x;
    });
    for (const auto i : order) {
        const auto [name, leader] = m_names[i];
        const QFontMetricsF metrics(name->font());
        const QSizeF size(metrics.horizontalAdvance(name->text()) + 2, metrics.height());
        const QPointF at = centre(i);
        const double gap = radius(m_points[i]) + 6;
        QRectF place(at + QPointF(gap, -size.height() / 2), size);
        for (int step = 0; step < 40; ++step) {
            // Right, left, then further and further above and below.
            const int row = (step / 2 + 1) / 2, side = step / 2 % 2 == 0 ? 1 : -1;
            const double dy = row == 0 ? 0 : side * (gap + (row - 0.5) * (size.height() + 2));
            const double dx = step % 2 == 0 ? gap : -gap - size.width();
            const QRectF candidate(at + QPointF(dx, dy - size.height() / 2), size);
            const bool free = std::none_of(taken.begin(), taken.end(),
                                           [&](const QRectF& other) { return other.intersects(candidate); });
            if (!free || !area.contains(candidate)) continue;
            place = candidate;
            break;
        }
        taken.push_back(place);
        name->position->setPixelPosition(QPointF(place.left(), place.center().y()));
        const bool moved = std::abs(place.center().y() - at.y()) > 1;
        leader->setVisible(moved);
        const QPointF end(place.left() > at.x() ? place.left() - 2 : place.right() + 2, place.center().y());
        const auto direction = end - at;
        const double length = std::max(std::hypot(direction.x(), direction.y()), 1.0);
        leader->start->setPixelPosition(at + direction * (radius(m_points[i]) + 1) / length);
        leader->end->setPixelPosition(end);
    }
}

std::vector<QRectF> ParetoChart::nameRects() const {
    std::vector<QRectF> rects;
    for (const auto& [name, leader] : m_names) {
        const QFontMetricsF metrics(name->font());
        const QSizeF size(metrics.horizontalAdvance(name->text()) + 2, metrics.height());
        const auto at = name->position->pixelPosition();
        rects.emplace_back(at - QPointF(0, size.height() / 2), size);
    }
    return rects;
}

int ParetoChart::pointAt(const QPointF& at) const {
    for (size_t i = m_points.size(); i-- > 0;) {
        const QPointF centre(plot().xAxis->coordToPixel(m_points[i].x),
                             plot().yAxis->coordToPixel(m_points[i].y));
        if (std::hypot(centre.x() - at.x(), centre.y() - at.y()) <= radius(m_points[i]) + 3)
            return static_cast<int>(i);
    }
    return -1;
}

QString ParetoChart::hoverText(const QPointF& at) const {
    const int i = pointAt(at);
    if (i < 0) return {};
    const auto& p = m_points[static_cast<size_t>(i)];
    QStringList lines = {p.name, QStringLiteral("%1: %2").arg(m_x, QString::number(p.x, 'g', 4))};
    if (m_yMeasured) lines << QStringLiteral("%1: %2").arg(m_y, QString::number(p.y, 'f', 2));
    lines << QString::fromStdString(base::formatBytes(static_cast<uint64_t>(p.size)));
    return lines.join(QLatin1Char('\n'));
}

void ParetoChart::clicked(const QPointF& at) {
    if (const int i = pointAt(at); i >= 0) emit pointSelected(m_points[static_cast<size_t>(i)].id);
}

QString ParetoChart::csv() const {
    QString text = QStringLiteral("variant,%1,%2,bytes\n").arg(m_x, m_y);
    for (const auto& p : m_points)
        text += QStringLiteral("\"%1\",%2,%3,%4\n")
                    .arg(QString(p.name).replace(QLatin1Char('"'), QStringLiteral("\"\"")))
                    .arg(p.x, 0, 'g', 8)
                    .arg(m_yMeasured ? QString::number(p.y, 'g', 8) : QString())
                    .arg(p.size, 0, 'f', 0);
    return text;
}

}  // namespace lathe::charts
