#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftSimplifiedLayerNormalizationCases() {
    return {
        {.name = "equal_numbers",
         .op = "SimplifiedLayerNormalization",
         .domain = "com.microsoft",
         .attributes = {{"epsilon", 0.0f}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 1, 2, 2}), Tensor::of<float>({2}, {3, 4})},
         .expected = {Tensor::of<float>({2, 2}, {3, 4, 3, 4})},
         .tolerance = 1e-06},
        {.name = "root_of_25",
         .op = "SimplifiedLayerNormalization",
         .domain = "com.microsoft",
         .attributes = {{"epsilon", 0.0f}},
         .inputs = {Tensor::of<float>({1, 2}, {1, 7}), Tensor::of<float>({2}, {1, 1})},
         .expected = {Tensor::of<float>({1, 2}, {0.2f, 1.4f})},
         .tolerance = 1e-06},
        {.name = "two_axes",
         .op = "SimplifiedLayerNormalization",
         .domain = "com.microsoft",
         .attributes = {{"axis", int64_t{1}}},
         .inputs = {ramp({2, 3, 4}), ramp({3, 4})}},
        {.name = "second_output",
         .op = "SimplifiedLayerNormalization",
         .domain = "com.microsoft",
         .attributes = {{"epsilon", 0.0f}},
         .inputs = {Tensor::of<float>({1, 2}, {1, 7}), Tensor::of<float>({2}, {1, 1})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({1, 2}, {0.2f, 1.4f}), Tensor::of<float>({1, 1}, {0.2f})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(ComMicrosoftSimplifiedLayerNormalization, Cases) {
    checkCases(comMicrosoftSimplifiedLayerNormalizationCases());
}

TEST(ComMicrosoftSimplifiedLayerNormalization, RefusesAxis) {
    const OpCase opCase{.name = "n",
                        .op = "SimplifiedLayerNormalization",
                        .domain = "com.microsoft",
                        .attributes = {{"axis", int64_t{-3}}},
                        .inputs = {ramp({2, 3}), ramp({3})}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("axis -3 is outside the 2 dimensions of the input"));
}

}  // namespace
}  // namespace lathe::test
