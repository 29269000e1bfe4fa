#include "engine/base/param_spec.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace lathe::base {
namespace {

const std::vector<ParamSpec> kSpecs = {
    {.name = "rounds", .type = ParamType::integer, .defaultValue = int64_t{3}, .minimum = 1, .maximum = 10},
    {.name = "ratio", .type = ParamType::real, .defaultValue = 0.5, .minimum = 0, .maximum = 1},
    {.name = "method",
     .type = ParamType::choice,
     .defaultValue = std::string("kl"),
     .choices = {"kl", "mse"}},
    {.name = "axes", .type = ParamType::integers, .defaultValue = std::vector<int64_t>{}},
};

TEST(ParamSpec, FillsInDefaults) {
    const auto params = complete(kSpecs, {{"rounds", int64_t{7}}});
    ASSERT_TRUE(params);
    EXPECT_EQ(params->integer("rounds"), 7);
    EXPECT_EQ(params->real("ratio"), 0.5);
    EXPECT_EQ(params->text("method"), "kl");
}

TEST(ParamSpec, NamesTheOptionAndTheRange) {
    const auto params = complete(kSpecs, {{"rounds", int64_t{11}}});
    ASSERT_FALSE(params);
    EXPECT_EQ(params.error().message, "Option rounds: 11 is not allowed; give a number from 1 to 10.");
    EXPECT_EQ(complete(kSpecs, {{"speed", true}}).error().message,
              "There is no option speed. Known options: rounds, ratio, method, axes.");
    EXPECT_EQ(complete(kSpecs, {{"method", std::string("max")}}).error().message,
              "Option method: max is not allowed; give one of kl, mse.");
}

TEST(ParamSpec, ReadsTheCommandLineSpelling) {
    EXPECT_EQ(*parseParam(kSpecs[3], "1,-2,3"), ParamValue(std::vector<int64_t>{1, -2, 3}));
    EXPECT_EQ(*parseParam(kSpecs[3], " 1, 2 "), ParamValue(std::vector<int64_t>{1, 2}));
    EXPECT_EQ(*parseParam({.name = "keep", .type = ParamType::texts}, "head_*, Softmax"),
              ParamValue(std::vector<std::string>{"head_*", "Softmax"}));
    EXPECT_EQ(*parseParam(kSpecs[1], "1"), ParamValue(1.0));
    EXPECT_FALSE(parseParam(kSpecs[0], "3x"));
}

TEST(ParamSpec, SurvivesJson) {
    const auto params = *complete(kSpecs, {{"axes", std::vector<int64_t>{0, 2}}, {"ratio", 0.25}});
    const auto again = paramsFromJson(toJson(params), kSpecs);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(*again, params);
}

}  // namespace
}  // namespace lathe::base
