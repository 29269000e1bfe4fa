#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> batchNormalizationCases() {
    return {
        {.name = "inference",
         .op = "BatchNormalization",
         .attributes = {{"epsilon", 0.0f}},
         .inputs = {Tensor::of<float>({1, 2, 2}, {1, 2, 3, 4}), Tensor::of<float>({2}, {1, 2}),
                    Tensor::of<float>({2}, {0, 1}), Tensor::of<float>({2}, {1, 3}),
                    Tensor::of<float>({2}, {1, 4})},
         .expected = {Tensor::of<float>({1, 2, 2}, {0, 1, 1, 2})}},
        {.name = "training",
         .op = "BatchNormalization",
         .attributes = {{"epsilon", 0.0f}, {"momentum", 0.5f}, {"training_mode", int64_t{1}}},
         .inputs = {Tensor::of<float>({2, 1, 1}, {1, 3}), Tensor::of<float>({1}, {1}),
                    Tensor::of<float>({1}, {0}), Tensor::of<float>({1}, {0}), Tensor::of<float>({1}, {1})},
         .outputCount = 3,
         .expected = {Tensor::of<float>({2, 1, 1}, {-1, 1}), Tensor::of<float>({1}, {1}),
                      Tensor::of<float>({1}, {1})},
         .tolerance = 1e-06},
        {.name = "two_dimensions",
         .op = "BatchNormalization",
         .inputs = {ramp({3, 4}), ramp({4}), ramp({4}), ramp({4}), Tensor::of<float>({4}, {1, 2, 3, 4})}},
    };
}

namespace {

TEST(BatchNormalization, Cases) { checkCases(batchNormalizationCases()); }

TEST(BatchNormalization, RefusesOtherChannelCount) {
    const OpCase opCase{.name = "bn",
                        .op = "BatchNormalization",
                        .inputs = {ramp({1, 2, 3}), ramp({3}), ramp({2}), ramp({2}), ramp({2})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("scale has 3 items, expected 2"));
}

}  // namespace
}  // namespace lathe::test
