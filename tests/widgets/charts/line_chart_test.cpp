#include "widgets/charts/line_chart.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <cmath>
#include <limits>

#include "tests/widgets/synthetic_graph.h"

namespace lathe::charts {
namespace {

constexpr double kGap = std::numeric_limits<double>::quiet_NaN();

struct Open : LineChart {
    using LineChart::csv;
    using LineChart::hoverText;
};

std::vector<LineSeries> clusters() {
    std::vector<LineSeries> series = {{QStringLiteral("big"), {}, {}, false},
                                      {QStringLiteral("little"), {}, {}, false}};
    for (int i = 0; i < 40; ++i) {
        series[0].x.push_back(i * 0.25);
        series[0].y.push_back(i < 20 ? 2.85 : 2.85 - 0.03 * (i - 20));
        series[1].x.push_back(i * 0.25);
        series[1].y.push_back(i > 10 && i < 14 ? kGap : 1.7);
    }
    return series;
}

TEST(LineChart, ExportsWhatItDrawsWithGaps) {
    Open chart;
    chart.setSeries(clusters(), QStringLiteral("Time, s"), QStringLiteral("Clock, GHz"));
    const auto csv = chart.csv();
    EXPECT_TRUE(csv.startsWith(QStringLiteral("series,\"Time, s\",\"Clock, GHz\"\n"))) << csv.toStdString();
    EXPECT_TRUE(csv.contains(QStringLiteral("\"big\",0,2.85\n")));
    EXPECT_TRUE(csv.contains(QStringLiteral("\"little\",3,\n"))) << csv.toStdString();
    EXPECT_EQ(csv.count(QLatin1Char('\n')), 81);
}

TEST(LineChart, DrawsSeveralSeries) {
    Open chart;
    chart.resize(720, 260);
    chart.setSeries(clusters(), QStringLiteral("Time, s"), QStringLiteral("Clock, GHz"), true);
    chart.show();
    QApplication::processEvents();
    test::keepPicture(chart, QStringLiteral("lines"));
    EXPECT_TRUE(chart.hoverText({-100, -100}).isEmpty());
}

TEST(LineChart, NothingToldIsEmpty) {
    Open chart;
    chart.setSeries({{QStringLiteral("zone"), {0, 1}, {kGap, kGap}, false}}, {}, {});
    chart.setSeries({}, {}, {});
    chart.show();
    QApplication::processEvents();
    EXPECT_TRUE(chart.series().empty());
}

}  // namespace
}  // namespace lathe::charts
