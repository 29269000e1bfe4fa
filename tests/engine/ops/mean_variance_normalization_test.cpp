#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> meanVarianceNormalizationCases() {
    return {
        {.name = "default_axes",
         .op = "MeanVarianceNormalization",
         .inputs = {Tensor::of<float>({1, 1, 1, 2}, {1, 3})},
         .expected = {Tensor::of<float>({1, 1, 1, 2}, {-1, 1})},
         .tolerance = 1e-06},
        {.name = "first_axis",
         .op = "MeanVarianceNormalization",
         .attributes = {{"axes", std::vector<int64_t>{0}}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 10, 3, 30})},
         .expected = {Tensor::of<float>({2, 2}, {-1, -1, 1, 1})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(MeanVarianceNormalization, Cases) { checkCases(meanVarianceNormalizationCases()); }

TEST(MeanVarianceNormalization, RefusesAxis) {
    const OpCase opCase{.name = "n", .op = "MeanVarianceNormalization", .inputs = {ramp({2, 3})}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("axis 2 is outside the 2 dimensions of the input"));
}

}  // namespace
}  // namespace lathe::test
