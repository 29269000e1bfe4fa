// Flags from made-up measurements.
#include "engine/profile/flags.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lathe::profile {
namespace {

constexpr int kCores = 8;

// A quiet measurement of `count` samples that take a millisecond, give or take a percent.
Profile quiet(size_t count = 200) {
    Profile p;
    p.conditions.threads = 2;
    p.conditions.loadAverage = 0.1;
    for (size_t i = 0; i < count; ++i) {
        p.seconds.push_back(1e-3 * (1 + 0.01 * std::sin(static_cast<double>(i))));
        p.starts.push_back(0.5 + 0.01 * static_cast<double>(i));
        p.cores.push_back({7, 7});
    }
    p.before.clusters = {{"little", {0, 1, 2, 3}, 1.7e9, 1.7e9, "schedutil"},
                         {"big", {4, 5, 6, 7}, 2.9e9, 2.9e9, "schedutil"}};
    p.after = p.before;
    for (int i = 0; i < 12; ++i) p.series.seconds.push_back(0.25 * i);
    return p;
}

std::vector<Flag> flagsOf(Profile p) {
    p.time = statistics(p.seconds);
    return judge(p, kCores);
}

using Flags = std::vector<Flag>;

TEST(Flags, QuietMeasurementHasNone) { EXPECT_EQ(flagsOf(quiet()), Flags{}); }

TEST(Flags, FewSamplesHaveNoPercentiles) {
    EXPECT_EQ(flagsOf(quiet(99)), Flags{Flag::fewSamples});
    EXPECT_FALSE(statistics(std::vector<double>(99, 1)).hasP90());
    EXPECT_TRUE(statistics(std::vector<double>(100, 1)).hasP90());
    EXPECT_FALSE(statistics(std::vector<double>(999, 1)).hasP99());
    EXPECT_TRUE(statistics(std::vector<double>(1000, 1)).hasP99());
}

TEST(Flags, ThrottledWhenTheLimitFalls) {
    auto p = quiet();
    Track limit{Quantity::frequencyLimit, "big", std::vector<std::optional<double>>(12, 2.9e9)};
    p.series.tracks = {limit};
    EXPECT_EQ(flagsOf(p), Flags{});
    p.series.tracks[0].values[7] = 2.4e9;
    EXPECT_EQ(flagsOf(p), Flags{Flag::throttled});
}

TEST(Flags, ThrottledWhenTheClockFallsUnderLoad) {
    auto p = quiet();
    Track clock{Quantity::frequency, "big", {}};
    // Asleep before the samples start at half a second; what was not told counts for nothing.
    for (int i = 0; i < 12; ++i) clock.values.push_back(i < 2 ? 5e8 : 2.9e9);
    clock.values[5] = std::nullopt;
    p.series.tracks = {clock};
    EXPECT_EQ(flagsOf(p), Flags{});
    for (size_t i = 8; i < 12; ++i) p.series.tracks[0].values[i] = 1.8e9;
    EXPECT_EQ(flagsOf(p), Flags{Flag::throttled});
    // Clusters that do not work may sleep.
    p.series.tracks[0].of = "little";
    EXPECT_EQ(flagsOf(p), Flags{});
}

TEST(Flags, ThrottledWhenAndroidSaysSo) {
    auto p = quiet();
    p.after.thermalStatus = 0;
    EXPECT_EQ(flagsOf(p), Flags{});
    p.after.thermalStatus = 1;
    EXPECT_EQ(flagsOf(p), Flags{Flag::throttled});
}

TEST(Flags, DriftComparesTheEnds) {
    auto p = quiet();
    for (size_t i = 0; i < p.seconds.size(); ++i) p.seconds[i] *= 1 + 0.0004 * static_cast<double>(i);
    EXPECT_EQ(flagsOf(p), Flags{Flag::drift});
}

TEST(Flags, MigratedToOtherCores) {
    auto p = quiet();
    p.conditions.coresAsked = {4, 5, 6, 7};
    p.conditions.pinned = true;
    EXPECT_EQ(flagsOf(p), Flags{});
    p.conditions.coresAsked = {4, 5};
    EXPECT_EQ(flagsOf(p), Flags{Flag::migrated});
    p.conditions.pinned = false;
    EXPECT_EQ(flagsOf(p), (Flags{Flag::migrated, Flag::notPinned}));
    p = quiet();
    p.cores[100].end = 2;  // a little one
    EXPECT_EQ(flagsOf(p), Flags{Flag::migrated});
}

TEST(Flags, TwoGroupsOfTimes) {
    auto p = quiet();
    for (size_t i = 0; i < p.seconds.size(); i += 3) p.seconds[i] *= 1.5;
    const auto flags = flagsOf(p);
    EXPECT_NE(std::find(flags.begin(), flags.end(), Flag::bimodal), flags.end());
    // One that spreads evenly is noisy, and no two groups.
    p = quiet();
    for (size_t i = 0; i < p.seconds.size(); ++i)
        p.seconds[i] = 1e-3 * (1 + static_cast<double>(i * 37 % 200) / 400);
    EXPECT_EQ(flagsOf(p), Flags{Flag::noisy});
}

TEST(Flags, OfTheBattery) {
    auto p = quiet();
    p.before.battery = BatteryState{19, "Discharging", {}, {}};
    EXPECT_EQ(flagsOf(p), Flags{Flag::lowBattery});
    p.before.battery = BatteryState{19, "Charging", {}, {}};
    EXPECT_EQ(flagsOf(p), Flags{Flag::charging});
    p.before.battery = BatteryState{90, "Full", {}, {}};
    p.before.batterySaver = true;
    EXPECT_EQ(flagsOf(p), Flags{Flag::batterySaver});
}

TEST(Flags, BusyByWhatOthersTook) {
    auto p = quiet();
    p.conditions.loadAverage = 7;
    EXPECT_EQ(flagsOf(p), Flags{Flag::busy});
    // What happened in the meantime says more than the average of the minute before.
    p.series.tracks = {{Quantity::otherLoad, {}, std::vector<std::optional<double>>(12, 0.1)}};
    EXPECT_EQ(flagsOf(p), Flags{});
    p.series.tracks[0].values.assign(12, 6.5);
    EXPECT_EQ(flagsOf(p), Flags{Flag::busy});
}

TEST(Flags, OfTheCourse) {
    auto p = quiet();
    p.conditions.cooledDown = false;
    p.conditions.emulated = true;
    p.flags = {Flag::partial};
    p.overhead = 0.03;
    EXPECT_EQ(flagsOf(p), (Flags{Flag::warmStart, Flag::emulated, Flag::partial, Flag::nodeClocksCostly}));
}

TEST(Flags, HaveWordsOfTheirOwn) {
    for (int i = 0; i <= static_cast<int>(Flag::nodeClocksCostly); ++i) {
        const auto flag = static_cast<Flag>(i);
        EXPECT_EQ(flagNamed(name(flag)), flag);
        EXPECT_FALSE(title(flag).empty());
        EXPECT_TRUE(explain(flag).ends_with('.'));
    }
    EXPECT_EQ(flagNamed("few samples (5)"), Flag::fewSamples);
    EXPECT_EQ(flagNamed("node clocks add 3.1 %"), Flag::nodeClocksCostly);
    EXPECT_EQ(flagNamed("computer busy with other work"), Flag::busy);
    EXPECT_FALSE(flagNamed("haunted"));
}

TEST(Statistics, VariationIsDeviationOverMean) {
    EXPECT_DOUBLE_EQ(statistics(std::vector<double>{1, 3}).variation, std::sqrt(2.0) / 2);
    EXPECT_EQ(statistics(std::vector<double>{1}).variation, 0);
}

}  // namespace
}  // namespace lathe::profile
