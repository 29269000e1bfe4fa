#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftBiasSplitGeluCases() {
    return {
        // a = {1, 2} + {1, 0}, b = {0, 1}; gelu(0) = 0, gelu(1) = 0.841344746.
        {.name = "by_hand",
         .op = "BiasSplitGelu",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<float>({1, 1, 4}, {1, 2, 0, 1}), Tensor::of<float>({4}, {1, 0, 0, 0})},
         .expected = {Tensor::of<float>({1, 1, 2}, {0, 1.682689492f})},
         .tolerance = 1e-06},
        // gelu(10) = 10 in float.
        {.name = "two_rows",
         .op = "BiasSplitGelu",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<float>({2, 1, 2}, {3, 9, -1, 9}), Tensor::of<float>({2}, {0, 1})},
         .expected = {Tensor::of<float>({2, 1, 1}, {30, -10})},
         .tolerance = 1e-06},
        {.name = "larger",
         .op = "BiasSplitGelu",
         .domain = "com.microsoft",
         .inputs = {ramp({2, 3, 6}), ramp({6})}},
    };
}

namespace {

TEST(ComMicrosoftBiasSplitGelu, Cases) { checkCases(comMicrosoftBiasSplitGeluCases()); }

TEST(ComMicrosoftBiasSplitGelu, RefusesOddSize) {
    const OpCase opCase{
        .name = "odd", .op = "BiasSplitGelu", .domain = "com.microsoft", .inputs = {ramp({1, 3}), ramp({3})}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("the last dimension 3 does not split into two halves"));
}

TEST(ComMicrosoftBiasSplitGelu, RefusesBiasLength) {
    const OpCase opCase{.name = "bias",
                        .op = "BiasSplitGelu",
                        .domain = "com.microsoft",
                        .inputs = {ramp({1, 4}), ramp({2})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("the bias [2] does not fit the input [1, 4]"));
}

}  // namespace
}  // namespace lathe::test
