#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftFusedConvCases() {
    return {
        {.name = "relu_after_addend",
         .op = "FusedConv",
         .domain = "com.microsoft",
         .attributes = {{"activation", std::string("Relu")}},
         .inputs = {Tensor::of<float>({1, 1, 2}, {1, 2}), Tensor::of<float>({1, 1, 1}, {-1}), std::nullopt,
                    Tensor::of<float>({1, 1, 2}, {5, 0})},
         .expected = {Tensor::of<float>({1, 1, 2}, {4, 0})}},
        {.name = "leaky_with_bias",
         .op = "FusedConv",
         .domain = "com.microsoft",
         .attributes = {{"activation", std::string("LeakyRelu")},
                        {"activation_params", std::vector<float>{0.5f}}},
         .inputs = {Tensor::of<float>({1, 1, 2}, {1, 2}), Tensor::of<float>({1, 1, 1}, {-1}),
                    Tensor::of<float>({1}, {1})},
         .expected = {Tensor::of<float>({1, 1, 2}, {0, -0.5f})}},
        {.name = "clip",
         .op = "FusedConv",
         .domain = "com.microsoft",
         .attributes = {{"activation", std::string("Clip")},
                        {"activation_params", std::vector<float>{2.0f, 6.0f}}},
         .inputs = {Tensor::of<float>({1, 1, 2}, {1, 9}), Tensor::of<float>({1, 1, 1}, {1})},
         .expected = {Tensor::of<float>({1, 1, 2}, {2, 6})}},
    };
}

namespace {

TEST(ComMicrosoftFusedConv, Cases) { checkCases(comMicrosoftFusedConvCases()); }

TEST(ComMicrosoftFusedConv, RefusesWeightOfOtherRank) {
    const OpCase opCase{.name = "c",
                        .op = "FusedConv",
                        .domain = "com.microsoft",
                        .inputs = {ramp({1, 1, 4, 4}), ramp({1, 1, 3})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("weight has 3 dimensions, expected 4"));
}

}  // namespace
}  // namespace lathe::test
