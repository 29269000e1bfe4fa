#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> simplifiedLayerNormalizationCases() {
    return {
        // The root mean square of {3, 4} is sqrt(12.5).
        {.name = "by_hand",
         .op = "SimplifiedLayerNormalization",
         .attributes = {{"epsilon", 0.0f}},
         .inputs = {Tensor::of<float>({1, 2}, {3, 4}), Tensor::of<float>({2}, {1, 2})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({1, 2}, {0.848528137f, 2.262741700f}),
                      Tensor::of<float>({1, 1}, {0.282842712f})},
         .tolerance = 1e-06},
        // One number for all: sqrt((1 + 1 + 9 + 25) / 4) = 3.
        {.name = "two_axes",
         .op = "SimplifiedLayerNormalization",
         .attributes = {{"axis", int64_t{0}}, {"epsilon", 0.0f}},
         .inputs = {Tensor::of<float>({2, 2}, {1, -1, 3, 5}), Tensor::of<float>({2}, {3, 6})},
         .expected = {Tensor::of<float>({2, 2}, {1, -2, 3, 10})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(SimplifiedLayerNormalization, Cases) { checkCases(simplifiedLayerNormalizationCases()); }

TEST(SimplifiedLayerNormalization, RefusesAxis) {
    const OpCase opCase{.name = "a",
                        .op = "SimplifiedLayerNormalization",
                        .attributes = {{"axis", int64_t{2}}},
                        .inputs = {ramp({2, 2}), ramp({2})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("axis 2 is outside the 2 dimensions"));
}

TEST(SimplifiedLayerNormalization, RefusesScaleOfHigherRank) {
    const OpCase opCase{
        .name = "s", .op = "SimplifiedLayerNormalization", .inputs = {ramp({2, 2}), ramp({1, 2, 2})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("scale [1, 2, 2] does not broadcast"));
}

}  // namespace
}  // namespace lathe::test
