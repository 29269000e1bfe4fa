#include "widgets/charts/line_chart.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "widgets/style/theme.h"

namespace lathe::charts {
namespace {

constexpr double kReach = 12;  // pixels between the pointer and a value it means

struct Range {
    double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
    void take(double value) {
        if (!std::isfinite(value)) return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    bool empty() const { return low > high; }
};

QString quoted(QString text) {
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

}  // namespace

LineChart::LineChart(QWidget* parent) : Chart(parent) { setEmpty(true); }

void LineChart::setSeries(std::vector<LineSeries> series, const QString& xLabel, const QString& yLabel,
                          bool fromZero) {
    m_series = std::move(series);
    m_x = xLabel;
    m_y = yLabel;
    setAxes(xLabel, yLabel);
    Range x, y;
    for (const auto& s : m_series)
        for (size_t i = 0; i < s.x.size(); ++i)
            if (std::isfinite(s.y[i])) x.take(s.x[i]), y.take(s.y[i]);
    setEmpty(y.empty());
    if (!y.empty()) {
        if (fromZero) y.take(0);
        // Something that stayed the same lies in the middle.
        const double height = std::max(y.high - y.low, std::max(std::abs(y.high) * 0.02, 1e-9));
        const double width = std::max(x.high - x.low, 1e-9);
        plot().xAxis->setRange(x.low - width * 0.02, x.high + width * 0.02);
        plot().yAxis->setRange(fromZero && y.low == 0 ? 0 : y.low - height * 0.1, y.high + height * 0.1);
    }
    refresh();
}

void LineChart::restyle() {
    const auto& theme = style::theme();
    auto& chart = plot();
    chart.clearGraphs();
    for (size_t i = 0; i < m_series.size(); ++i) {
        const auto& s = m_series[i];
        auto* graph = chart.addGraph();
        auto color = m_series.size() == 1 ? theme.accent : style::seriesColor(static_cast<int>(i));
        graph->setName(s.name);
        graph->setPen(QPen(color, 1.5));
        if (s.dots) {
            graph->setLineStyle(QCPGraph::lsNone);
            const QPen outline(color, 1);
            color.setAlpha(110);
            graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, outline, QBrush(color), 4));
        }
        graph->setData(QVector<double>(s.x.begin(), s.x.end()), QVector<double>(s.y.begin(), s.y.end()),
                       true);
    }
    chart.legend->setVisible(m_series.size() > 1);
    chart.legend->setBrush(QBrush(theme.canvas));
    chart.legend->setBorderPen(QPen(theme.hairline));
    chart.legend->setTextColor(theme.text);
    chart.legend->setFont(style::font(0.9));
    chart.legend->setIconSize(16, 12);
}

QString LineChart::hoverText(const QPointF& at) const {
    QString text;
    double nearest = kReach;
    for (const auto& s : m_series)
        for (size_t i = 0; i < s.x.size(); ++i) {
            if (!std::isfinite(s.y[i])) continue;
            const QPointF point(plot().xAxis->coordToPixel(s.x[i]), plot().yAxis->coordToPixel(s.y[i]));
            const double distance = std::hypot(point.x() - at.x(), point.y() - at.y());
            if (distance > nearest) continue;
            nearest = distance;
            text =
                QStringLiteral("%1\n%2: %3\n%4: %5")
                    .arg(s.name, m_x, QString::number(s.x[i], 'g', 5), m_y, QString::number(s.y[i], 'g', 5));
        }
    return text;
}

QString LineChart::csv() const {
    QString text = QStringLiteral("series,%1,%2\n").arg(quoted(m_x), quoted(m_y));
    for (const auto& s : m_series)
        for (size_t i = 0; i < s.x.size(); ++i)
            text += QStringLiteral("%1,%2,%3\n")
                        .arg(quoted(s.name), QString::number(s.x[i], 'g', 8),
                             std::isfinite(s.y[i]) ? QString::number(s.y[i], 'g', 8) : QString());
    return text;
}

}  // namespace lathe::charts
