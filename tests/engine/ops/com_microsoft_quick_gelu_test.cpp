#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftQuickGeluCases() {
    return {
        // x / (1 + e^-x): 1 / (1 + 0.367879441).
        {.name = "by_hand",
         .op = "QuickGelu",
         .domain = "com.microsoft",
         .attributes = {{"alpha", 1.0f}},
         .inputs = {Tensor::of<float>({3}, {0, 1, -1})},
         .expected = {Tensor::of<float>({3}, {0, 0.731058579f, -0.268941421f})},
         .tolerance = 1e-06},
        // Without alpha 1.702: 1 / (1 + e^-1.702) = 1 / 1.182318524.
        {.name = "usual_alpha",
         .op = "QuickGelu",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<float>({1, 1}, {1})},
         .expected = {Tensor::of<float>({1, 1}, {0.8457958f})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(ComMicrosoftQuickGelu, Cases) { checkCases(comMicrosoftQuickGeluCases()); }

TEST(ComMicrosoftQuickGelu, RefusesIntegers) {
    const OpCase opCase{
        .name = "q", .op = "QuickGelu", .domain = "com.microsoft", .inputs = {Tensor::of<int32_t>({1}, {1})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("input 0 (X) has type int32"));
}

}  // namespace
}  // namespace lathe::test
