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
}

void ParetoChart::setPoints(std::vector<ParetoPoint> points, const QString& xLabel, const QString& yLabel) {
    m_points = std::move(points);
    m_x = xLabel;
    m_y = yLabel;
    setAxes(xLabel, yLabel);
    setEmpty(m_points.empty());
    if (!m_points.empty()) {
        const auto [left, right] = std::minmax_element(
            m_points.begin(), m_points.end(), [](const auto& a, const auto& b) { return a.x < b.x; });
        const auto [low, high] = std::minmax_element(m_points.begin(), m_points.end(),
                                                     [](const auto& a, const auto& b) { return a.y < b.y; });
        const double height = std::max(high->y - low->y, 1.0);
        plot().xAxis->setRange(0, std::max(right->x * 1.35, 1e-9));
        plot().yAxis->setRange(low->y - height * 0.25, high->y + height * 0.25);
        (void)left;
    }
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
        name->position->setCoords(point.x, point.y);
        name->setPadding(QMargins(static_cast<int>(radius(point)) + 6, 0, 0, 0));
    }
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
    return QStringLiteral("%1\n%2: %3\n%4: %5\n%6")
        .arg(p.name, m_x, QString::number(p.x, 'g', 4), m_y, QString::number(p.y, 'f', 2),
             QString::fromStdString(base::formatBytes(static_cast<uint64_t>(p.size))));
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
                    .arg(p.y, 0, 'g', 8)
                    .arg(p.size, 0, 'f', 0);
    return text;
}

}  // namespace lathe::charts
