#include "widgets/forms/param_form.h"

#include <gtest/gtest.h>

#include "tests/widgets/synthetic_graph.h"

namespace lathe::forms {
namespace {

std::vector<base::ParamSpec> specs() {
    using base::ParamType;
    return {{.name = "per_channel",
             .type = ParamType::boolean,
             .defaultValue = true,
             .help = "One scale a channel."},
            {.name = "samples",
             .type = ParamType::integer,
             .defaultValue = int64_t{512},
             .label = "Samples",
             .unit = "images",
             .minimum = 1,
             .maximum = 100000},
            {.name = "percentile",
             .type = ParamType::real,
             .defaultValue = 99.99,
             .label = "Percentile",
             .unit = "%",
             .minimum = 50,
             .maximum = 100},
            {.name = "calibration",
             .type = ParamType::choice,
             .defaultValue = std::string("kl"),
             .label = "Calibration",
             .choices = {"minmax", "percentile", "mse", "kl"}},
            {.name = "exclude",
             .type = ParamType::texts,
             .defaultValue = std::vector<std::string>{},
             .label = "Exclude nodes"}};
}

TEST(ParamForm, GivesTheDefaultsItWasTold) {
    const auto all = specs();
    ParamForm form(all);
    const auto params = form.params();
    ASSERT_TRUE(params.ok()) << params.error().message;
    EXPECT_EQ(*params, *base::complete(all, {}));
    form.resize(360, 240);
    test::keepPicture(form, QStringLiteral("form"));
}

TEST(ParamForm, GivesBackWhatWasSet) {
    const auto all = specs();
    ParamForm form(all);
    form.setParams({{"samples", int64_t{64}}, {"exclude", std::vector<std::string>{"conv1", "head*"}}});
    const auto params = form.params();
    ASSERT_TRUE(params.ok()) << params.error().message;
    EXPECT_EQ(params->integer("samples"), 64);
    EXPECT_EQ(params->texts("exclude").size(), 2u);
    EXPECT_EQ(params->text("calibration"), "kl");
    form.setParams({});
    EXPECT_EQ(form.params()->integer("samples"), 512);
}

}  // namespace
}  // namespace lathe::forms
