#include "widgets/charts/pareto_chart.h"

#include <gtest/gtest.h>

#include <QApplication>

#include "tests/widgets/synthetic_graph.h"
#include "widgets/charts/bar_chart.h"

namespace lathe::charts {
namespace {

TEST(ParetoChart, FrontHoldsWhatNothingBeats) {
    const std::vector<ParetoPoint> points = {
        {1, {}, 2.0, 92, 0}, {2, {}, 1.0, 90, 0}, {3, {}, 1.5, 89, 0}, {4, {}, 3.0, 92, 0}};
    EXPECT_EQ(paretoFront(points), (std::vector<size_t>{1, 0}));
}

TEST(ParetoChart, NamesOfCloseVariantsDoNotOverlap) {
    ParetoChart chart;
    chart.resize(720, 280);
    chart.setPoints({{1, QStringLiteral("digits_residual.onnx"), 0.0741, 99.17, 181600},
                     {2, QStringLiteral("optimized"), 0.0703, 99.17, 173500},
                     {3, QStringLiteral("int8 per channel"), 0.0638, 99.17, 54100},
                     {4, QStringLiteral("int8 percentile"), 0.0640, 99.18, 54100}},
                    QStringLiteral("Latency, ms"), QStringLiteral("Top-1, %"));
    chart.setCurrent(3);
    chart.show();
    QApplication::processEvents();
    chart.grab();
    const auto names = chart.nameRects();
    ASSERT_EQ(names.size(), 4u);
    for (size_t i = 0; i < names.size(); ++i)
        for (size_t k = i + 1; k < names.size(); ++k)
            EXPECT_FALSE(names[i].intersects(names[k])) << i << " and " << k;
    test::keepPicture(chart, QStringLiteral("pareto"));
}

TEST(Histogram, ASlowRunDoesNotHideTheOthers) {
    std::vector<double> times;
    for (int i = 0; i < 100; ++i) times.push_back(1.0 + 0.001 * i);
    times.push_back(50);
    const auto bars = histogramOfTimes(times);
    ASSERT_GT(bars.size(), 8u);
    EXPECT_TRUE(bars.back().marked);
    EXPECT_EQ(bars.back().height, 1);
    double rest = 0;
    for (size_t i = 0; i + 1 < bars.size(); ++i) {
        rest += bars[i].height;
        EXPECT_LT(bars[i].x, 1.2);
    }
    EXPECT_EQ(rest, 100);
}

}  // namespace
}  // namespace lathe::charts
