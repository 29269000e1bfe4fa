#include "widgets/charts/line_chart.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <QApplication>
#include <cmath>
#include <limits>

#include "engine/base/atomic_file.h"
#include "engine/base/file_map.h"
#include "tests/support/test_paths.h"
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

// RLIMIT_FSIZE makes every write beyond a size fail, as a full disk does.
TEST(LineChart, KeepsTheEarlierFileWhenThereIsNoRoom) {
    Open chart;
    chart.resize(720, 260);
    chart.setSeries(clusters(), QStringLiteral("Time, s"), QStringLiteral("Clock, GHz"));
    const test::TemporaryDir folder;
    const auto path = folder.path() / "chart";
    const auto name = QString::fromStdString(path.string());
    for (const auto& [kind, start] : {std::pair{Chart::FileKind::png, "\x89PNG"},
                                      {Chart::FileKind::svg, "<?xml"},
                                      {Chart::FileKind::csv, "series"}}) {
        ASSERT_TRUE(base::writeFile(path, "earlier"));
        ::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
        const rlimit tight{100, before.rlim_max};
        ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
        const bool saved = chart.save(name, kind);
        ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
        EXPECT_FALSE(saved);
        EXPECT_EQ(*base::readTextFile(path), "earlier");
        EXPECT_TRUE(chart.save(name, kind));
        EXPECT_EQ(base::readTextFile(path)->rfind(start, 0), 0u) << start;
    }
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
