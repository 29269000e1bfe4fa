#include "engine/profile/measure_params.h"

#include <gtest/gtest.h>

namespace lathe::profile {
namespace {

base::Params completed(const base::Params& given) {
    auto params = base::complete(measureParams(), given);
    EXPECT_TRUE(params.ok()) << params.error().message;
    return *params;
}

TEST(MeasureParams, DefaultsAreThoseOfTheOptions) {
    const auto options = measureOptionsOf(completed({}));
    const MeasureOptions expected;
    EXPECT_EQ(options.mode, expected.mode);
    EXPECT_EQ(options.runs, expected.runs);
    EXPECT_EQ(options.warmup, expected.warmup);
    EXPECT_EQ(options.seconds, expected.seconds);
    EXPECT_EQ(options.nodes, expected.nodes);
    EXPECT_EQ(options.cores, expected.cores);
    EXPECT_EQ(options.session.threads, expected.session.threads);
    EXPECT_EQ(options.coolDown.mostSeconds, expected.coolDown.mostSeconds);
    EXPECT_FALSE(options.keepPartial);
}

TEST(MeasureParams, SustainedRunsLastMinutesAndKeepWhatTheyHave) {
    const auto options = measureOptionsOf(completed({{"mode", std::string("sustained")}}));
    EXPECT_EQ(options.mode, Mode::sustained);
    EXPECT_EQ(options.seconds, 120);
    EXPECT_TRUE(options.keepPartial);
}

TEST(MeasureParams, WhatIsGivenIsTaken) {
    const auto options = measureOptionsOf(completed({{"mode", std::string("cold")},
                                                     {"runs", int64_t{7}},
                                                     {"warmup", int64_t{2}},
                                                     {"seconds", 3.5},
                                                     {"cores", std::string("big")},
                                                     {"threads", int64_t{3}},
                                                     {"cool_down", 30.0},
                                                     {"nodes", false}}));
    EXPECT_EQ(options.mode, Mode::cold);
    EXPECT_EQ(options.runs, 7);
    EXPECT_EQ(options.warmup, 2);
    EXPECT_EQ(options.seconds, 3.5);
    EXPECT_EQ(options.cores, "big");
    EXPECT_EQ(options.session.threads, 3);
    EXPECT_EQ(options.coolDown.mostSeconds, 30);
    EXPECT_FALSE(options.nodes);
}

TEST(MeasureParams, RefusesWhatCannotBeMeasured) {
    EXPECT_FALSE(base::complete(measureParams(), {{"runs", int64_t{0}}}).ok());
    EXPECT_FALSE(base::complete(measureParams(), {{"mode", std::string("fast")}}).ok());
}

}  // namespace
}  // namespace lathe::profile
