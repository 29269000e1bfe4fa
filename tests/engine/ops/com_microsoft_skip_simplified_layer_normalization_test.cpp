#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftSkipSimplifiedLayerNormalizationCases() {
    return {
        // The sum is {3, 4}, its root mean square sqrt(12.5) = 3.535533906.
        {.name = "sum_first",
         .op = "SkipSimplifiedLayerNormalization",
         .domain = "com.microsoft",
         .attributes = {{"epsilon", 0.0f}},
         .inputs = {Tensor::of<float>({1, 2}, {1, 1}), Tensor::of<float>({1, 2}, {2, 3}),
                    Tensor::of<float>({2}, {1, 2})},
         .expected = {Tensor::of<float>({1, 2}, {0.848528137f, 2.262741700f})},
         .tolerance = 1e-06},
        {.name = "all_outputs",
         .op = "SkipSimplifiedLayerNormalization",
         .domain = "com.microsoft",
         .attributes = {{"epsilon", 0.0f}},
         .inputs = {Tensor::of<float>({1, 2}, {1, 1}), Tensor::of<float>({1, 2}, {1, 1}),
                    Tensor::of<float>({2}, {1, 1}), Tensor::of<float>({2}, {1, 2})},
         .outputCount = 4,
         .expected = {Tensor::of<float>({1, 2}, {0.848528137f, 1.131370850f}), Tensor::of<float>({1, 1}, {0}),
                      Tensor::of<float>({1, 1}, {0.282842712f}), Tensor::of<float>({1, 2}, {3, 4})},
         .tolerance = 1e-06},
        {.name = "broadcast_skip",
         .op = "SkipSimplifiedLayerNormalization",
         .domain = "com.microsoft",
         .inputs = {ramp({2, 3, 4}), ramp({3, 4}), ramp({4})}},
    };
}

namespace {

TEST(ComMicrosoftSkipSimplifiedLayerNormalization, Cases) {
    checkCases(comMicrosoftSkipSimplifiedLayerNormalizationCases());
}

TEST(ComMicrosoftSkipSimplifiedLayerNormalization, RefusesGammaLength) {
    const OpCase opCase{.name = "n",
                        .op = "SkipSimplifiedLayerNormalization",
                        .domain = "com.microsoft",
                        .inputs = {ramp({1, 2}), ramp({1, 2}), ramp({3})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("gamma has shape [3], expected [2]"));
}

}  // namespace
}  // namespace lathe::test
