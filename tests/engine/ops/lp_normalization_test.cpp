#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> lpNormalizationCases() {
    return {
        {.name = "euclid",
         .op = "LpNormalization",
         .inputs = {Tensor::of<float>({1, 2}, {3, 4})},
         .expected = {Tensor::of<float>({1, 2}, {0.6f, 0.8f})},
         .tolerance = 1e-06},
        {.name = "sum_along_rows",
         .op = "LpNormalization",
         .attributes = {{"axis", int64_t{0}}, {"p", int64_t{1}}},
         .inputs = {Tensor::of<float>({2, 1}, {1, -3})},
         .expected = {Tensor::of<float>({2, 1}, {0.25f, -0.75f})},
         .tolerance = 1e-06},
        {.name = "zeros_stay",
         .op = "LpNormalization",
         .inputs = {Tensor::of<float>({2}, {0, 0})},
         .expected = {Tensor::of<float>({2}, {0, 0})}},
    };
}

namespace {

TEST(LpNormalization, Cases) { checkCases(lpNormalizationCases()); }

TEST(LpNormalization, RefusesAxis) {
    const OpCase opCase{
        .name = "n", .op = "LpNormalization", .attributes = {{"axis", int64_t{2}}}, .inputs = {ramp({2, 3})}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("axis 2 is outside the 2 dimensions of the input"));
}

}  // namespace
}  // namespace lathe::test
