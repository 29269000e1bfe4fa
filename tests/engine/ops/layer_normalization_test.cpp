#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> layerNormalizationCases() {
    return {
        {.name = "rows",
         .op = "LayerNormalization",
         .attributes = {{"epsilon", 0.0f}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 3, 2, 6}), Tensor::of<float>({2}, {1, 2}),
                    Tensor::of<float>({2}, {0, 1})},
         .expected = {Tensor::of<float>({2, 2}, {-1, 3, -1, 3})},
         .tolerance = 1e-06},
        {.name = "moments",
         .op = "LayerNormalization",
         .attributes = {{"epsilon", 0.0f}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 3, 2, 6}), Tensor::of<float>({2}, {1, 1})},
         .outputCount = 3,
         .expected = {Tensor::of<float>({2, 2}, {-1, 1, -1, 1}), Tensor::of<float>({2, 1}, {2, 4}),
                      Tensor::of<float>({2, 1}, {1, 0.5f})},
         .tolerance = 1e-06},
        {.name = "two_axes",
         .op = "LayerNormalization",
         .attributes = {{"axis", int64_t{1}}},
         .inputs = {ramp({2, 3, 4}), ramp({3, 4}), ramp({4})},
         .outputCount = 3},
    };
}

namespace {

TEST(LayerNormalization, Cases) { checkCases(layerNormalizationCases()); }

TEST(LayerNormalization, RefusesAxis) {
    const OpCase opCase{.name = "n",
                        .op = "LayerNormalization",
                        .attributes = {{"axis", int64_t{2}}},
                        .inputs = {ramp({2, 3}), ramp({3})}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("axis 2 is outside the 2 dimensions of the input"));
}

}  // namespace
}  // namespace lathe::test
