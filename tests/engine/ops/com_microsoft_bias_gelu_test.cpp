#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftBiasGeluCases() {
    return {
        {.name = "bias_makes_zero",
         .op = "BiasGelu",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<float>({1, 2}, {1, 2}), Tensor::of<float>({2}, {-1, -1})},
         .expected = {Tensor::of<float>({1, 2}, {0, 0.841344746f})},
         .tolerance = 1e-06},
        {.name = "rows",
         .op = "BiasGelu",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<float>({2, 1}, {0, 1}), Tensor::of<float>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {0.841344746f, 1.95449974f})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(ComMicrosoftBiasGelu, Cases) { checkCases(comMicrosoftBiasGeluCases()); }

TEST(ComMicrosoftBiasGelu, RefusesBiasLength) {
    const OpCase opCase{
        .name = "g", .op = "BiasGelu", .domain = "com.microsoft", .inputs = {ramp({2, 3}), ramp({2})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("the bias [2] does not fit the input [2, 3]"));
}

}  // namespace
}  // namespace lathe::test
