#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> instanceNormalizationCases() {
    return {
        {.name = "one_channel",
         .op = "InstanceNormalization",
         .attributes = {{"epsilon", 0.0f}},
         .inputs = {Tensor::of<float>({1, 1, 2}, {1, 3}), Tensor::of<float>({1}, {2}),
                    Tensor::of<float>({1}, {1})},
         .expected = {Tensor::of<float>({1, 1, 2}, {-1, 3})},
         .tolerance = 1e-06},
        {.name = "channels_apart",
         .op = "InstanceNormalization",
         .attributes = {{"epsilon", 0.0f}},
         .inputs = {Tensor::of<float>({1, 2, 2}, {1, 3, 10, 30}), Tensor::of<float>({2}, {1, 1}),
                    Tensor::of<float>({2}, {0, 5})},
         .expected = {Tensor::of<float>({1, 2, 2}, {-1, 1, 4, 6})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(InstanceNormalization, Cases) { checkCases(instanceNormalizationCases()); }

TEST(InstanceNormalization, RefusesMatrices) {
    const OpCase opCase{
        .name = "n", .op = "InstanceNormalization", .inputs = {ramp({2, 3}), ramp({3}), ramp({3})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("input has 2 dimensions, expected at least 3"));
}

}  // namespace
}  // namespace lathe::test
