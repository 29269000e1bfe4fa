#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftSkipLayerNormalizationCases() {
    return {
        {.name = "sum_first",
         .op = "SkipLayerNormalization",
         .domain = "com.microsoft",
         .attributes = {{"epsilon", 0.0f}},
         .inputs = {Tensor::of<float>({1, 2}, {1, 1}), Tensor::of<float>({1, 2}, {0, 2}),
                    Tensor::of<float>({2}, {1, 2}), Tensor::of<float>({2}, {0, 1})},
         .expected = {Tensor::of<float>({1, 2}, {-1, 3})},
         .tolerance = 1e-06},
        {.name = "all_outputs",
         .op = "SkipLayerNormalization",
         .domain = "com.microsoft",
         .attributes = {{"epsilon", 0.0f}},
         .inputs = {Tensor::of<float>({1, 2}, {1, 1}), Tensor::of<float>({1, 2}, {0, 1}),
                    Tensor::of<float>({2}, {1, 1}), std::nullopt, Tensor::of<float>({2}, {1, 2})},
         .outputCount = 4,
         .expected = {Tensor::of<float>({1, 2}, {-1, 1}), Tensor::of<float>({1, 1}, {3}),
                      Tensor::of<float>({1, 1}, {1}), Tensor::of<float>({1, 2}, {2, 4})},
         .tolerance = 1e-06},
        {.name = "broadcast_skip",
         .op = "SkipLayerNormalization",
         .domain = "com.microsoft",
         .inputs = {ramp({2, 3, 4}), ramp({3, 4}), ramp({4})}},
    };
}

namespace {

TEST(ComMicrosoftSkipLayerNormalization, Cases) { checkCases(comMicrosoftSkipLayerNormalizationCases()); }

TEST(ComMicrosoftSkipLayerNormalization, RefusesGammaLength) {
    const OpCase opCase{.name = "n",
                        .op = "SkipLayerNormalization",
                        .domain = "com.microsoft",
                        .inputs = {ramp({1, 2}), ramp({1, 2}), ramp({3})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("gamma has shape [3], expected [2]"));
}

}  // namespace
}  // namespace lathe::test
