#include "widgets/charts/bar_chart.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

#include "widgets/style/theme.h"

namespace lathe::charts {
namespace {

// Of runs or nodes there are no halves.
class WholeTicker : public QCPAxisTicker {
  public:
    bool whole = false;

  protected:
    double getTickStep(const QCPRange& range) override {
        const double step = QCPAxisTicker::getTickStep(range);
        return whole ? std::max(1.0, std::ceil(step)) : step;
    }
};

}  // namespace

std::vector<Bar> histogram(const std::vector<double>& samples) {
    std::vector<double> finite;
    for (const double s : samples)
        if (std::isfinite(s)) finite.push_back(s);
    if (finite.empty()) return {};
    const auto [low, high] = std::minmax_element(finite.begin(), finite.end());
    const double first = *low, last = *high;
    const double range = std::max(last - first, std::max(std::abs(first) * 1e-9, 1e-12));
    const auto count =
        static_cast<size_t>(std::clamp(std::sqrt(static_cast<double>(finite.size())), 8.0, 80.0));
    const double width = range / static_cast<double>(count);
    std::vector<Bar> bars(count);
    for (size_t i = 0; i < count; ++i)
        bars[i] = {first + width * (static_cast<double>(i) + 0.5), width, 0, {}, false};
    for (const double s : finite)
        bars[std::min(count - 1, static_cast<size_t>((s - first) / width))].height += 1;
    for (auto& bar : bars)
        bar.name = QStringLiteral("%1 – %2").arg(QString::number(bar.x - width / 2, 'g', 4),
                                                 QString::number(bar.x + width / 2, 'g', 4));
    return bars;
}

std::vector<Bar> histogramOfTimes(const std::vector<double>& samples) {
    std::vector<double> sorted;
    for (const double s : samples)
        if (std::isfinite(s)) sorted.push_back(s);
    if (sorted.size() < 8) return histogram(samples);
    std::sort(sorted.begin(), sorted.end());
    const double low = sorted.front(), p95 = sorted[sorted.size() * 95 / 100];
    const double limit = p95 + 2 * std::max(p95 - low, std::abs(low) * 1e-3);
    const auto rest = std::upper_bound(sorted.begin(), sorted.end(), limit);
    if (rest == sorted.end()) return histogram(samples);
    auto bars = histogram({sorted.begin(), rest});
    const auto& last = bars.back();
    bars.push_back({last.x + 2 * last.width, last.width, static_cast<double>(sorted.end() - rest),
                    QStringLiteral("> %1, ≤ %2")
                        .arg(QString::number(limit, 'g', 4), QString::number(sorted.back(), 'g', 4)),
                    true});
    return bars;
}

BarChart::BarChart(QWidget* parent) : Chart(parent) {
    plot().yAxis->setTicker(QSharedPointer<WholeTicker>::create());
    setEmpty(true);
    // Only after the layout it is known how many pixels the axes have.
    connect(&plot(), &QCustomPlot::afterLayout, this, &BarChart::placeNames);
}

void BarChart::setBars(std::vector<Bar> bars, const QString& xLabel, const QString& yLabel) {
    m_bars = std::move(bars);
    m_x = xLabel;
    m_y = yLabel;
    m_current = -1;
    setAxes(xLabel, yLabel);
    setEmpty(m_bars.empty());
    if (!m_bars.empty()) {
        double highest = 0;
        for (const auto& bar : m_bars) highest = std::max(highest, bar.height);
        plot().xAxis->setRange(m_bars.front().x - m_bars.front().width,
                               m_bars.back().x + m_bars.back().width);
        plot().yAxis->ticker().staticCast<WholeTicker>()->whole =
            std::all_of(m_bars.begin(), m_bars.end(),
                        [](const Bar& bar) { return bar.height == std::round(bar.height); });
        plot().yAxis->setRange(0, std::max(highest * 1.08, 1e-12));
    }
    refresh();
}

void BarChart::setXTicksVisible(bool visible) { plot().xAxis->setTickLabels(visible); }

void BarChart::setXNames(std::vector<std::pair<double, QString>> names) {
    m_names = std::move(names);
    m_placed.clear();
    plot().xAxis->setTicker(m_names.empty() ? QSharedPointer<QCPAxisTicker>::create()
                                            : QSharedPointer<QCPAxisTickerText>::create());
    refresh();
}

void BarChart::placeNames() {
    if (m_names.empty()) return;
    const auto& axis = *plot().xAxis;
    double room = axis.coordToPixel(axis.range().upper) - axis.coordToPixel(axis.range().lower);
    for (size_t i = 1; i < m_names.size(); ++i)
        room = std::min(room, axis.coordToPixel(m_names[i].first) - axis.coordToPixel(m_names[i - 1].first));
    const QFontMetrics metrics(axis.tickLabelFont());
    QStringList placed;
    for (const auto& [at, name] : m_names)
        placed << metrics.elidedText(name, Qt::ElideMiddle, static_cast<int>(room) - style::kPadding);
    if (placed == m_placed) return;
    m_placed = placed;
    auto ticker = axis.ticker().staticCast<QCPAxisTickerText>();
    ticker->clear();
    for (size_t i = 0; i < m_names.size(); ++i)
        ticker->addTick(m_names[i].first, placed[static_cast<qsizetype>(i)]);
    plot().replot(QCustomPlot::rpQueuedReplot);  // this one has its labels already
}

QString BarChart::valueOf(const Bar& bar, int digits) const {
    return bar.value.isEmpty() ? QString::number(bar.height, 'g', digits) : bar.value;
}

void BarChart::setCurrent(int index) {
    if (m_current == index) return;
    m_current = index;
    refresh();
}

void BarChart::restyle() {
    const auto& theme = style::theme();
    auto& chart = plot();
    chart.clearPlottables();
    // One series for each colour: plain, marked, current.
    struct Series {
        QColor color;
        QCPBars* bars;
    };
    std::array<Series, 3> series = {
        {{theme.accent, nullptr}, {theme.warning, nullptr}, {theme.text, nullptr}}};
    for (size_t i = 0; i < m_bars.size(); ++i) {
        auto& s = series[static_cast<int>(i) == m_current ? 2 : m_bars[i].marked ? 1 : 0];
        if (!s.bars) {
            s.bars = new QCPBars(chart.xAxis, chart.yAxis);
            s.bars->setWidthType(QCPBars::wtPlotCoords);
            s.bars->setWidth(m_bars[i].width * 0.86);
            s.bars->setPen(Qt::NoPen);
            s.bars->setBrush(s.color);
        }
        s.bars->addData(m_bars[i].x, m_bars[i].height);
    }
}

int BarChart::barAt(const QPointF& at) const {
    const double x = plot().xAxis->pixelToCoord(at.x());
    for (size_t i = 0; i < m_bars.size(); ++i)
        if (std::abs(x - m_bars[i].x) <= m_bars[i].width / 2) return static_cast<int>(i);
    return -1;
}

QString BarChart::hoverText(const QPointF& at) const {
    const int i = barAt(at);
    if (i < 0 || !plot().axisRect()->rect().contains(at.toPoint())) return {};
    const auto& bar = m_bars[static_cast<size_t>(i)];
    return QStringLiteral("%1\n%2: %3").arg(bar.name, m_y, valueOf(bar, 5));
}

void BarChart::clicked(const QPointF& at) {
    if (const int i = barAt(at); i >= 0) emit barSelected(i);
}

QString BarChart::csv() const {
    QString text = QStringLiteral("\"%1\",name,\"%2\"\n").arg(m_x, m_y);
    for (const auto& bar : m_bars)
        text += QStringLiteral("%1,\"%2\",%3\n")
                    .arg(bar.x, 0, 'g', 8)
                    .arg(QString(bar.name).replace(QLatin1Char('"'), QStringLiteral("\"\"")))
                    .arg(valueOf(bar, 8));
    return text;
}

}  // namespace lathe::charts
