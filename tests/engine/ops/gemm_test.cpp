#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> gemmCases() {
    return {
        {.name = "with_addend",
         .op = "Gemm",
         .inputs = {Tensor::of<float>({1, 2}, {1, 2}), Tensor::of<float>({2, 2}, {1, 2, 3, 4}),
                    Tensor::of<float>({2}, {10, 20})},
         .expected = {Tensor::of<float>({1, 2}, {17, 30})}},
        {.name = "factors_and_transpose",
         .op = "Gemm",
         .attributes = {{"alpha", 2.0f}, {"beta", 0.5f}, {"transB", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 2}, {1, 2}), Tensor::of<float>({2, 2}, {1, 2, 3, 4}),
                    Tensor::of<float>({2}, {10, 20})},
         .expected = {Tensor::of<float>({1, 2}, {15, 32})}},
        {.name = "transposed_left",
         .op = "Gemm",
         .attributes = {{"transA", int64_t{1}}},
         .inputs = {Tensor::of<float>({2, 1}, {1, 2}), Tensor::of<float>({2, 2}, {1, 2, 3, 4})},
         .expected = {Tensor::of<float>({1, 2}, {7, 10})}},
        {.name = "column_addend", .op = "Gemm", .inputs = {ramp({3, 4}), ramp({4, 5}), ramp({3, 1})}},
    };
}

namespace {

TEST(Gemm, Cases) { checkCases(gemmCases()); }

TEST(Gemm, RefusesOtherInner) {
    const OpCase opCase{.name = "g", .op = "Gemm", .inputs = {ramp({2, 3}), ramp({4, 5})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("3 columns against 4 rows"));
}

TEST(Gemm, RefusesAddend) {
    const OpCase opCase{.name = "g", .op = "Gemm", .inputs = {ramp({2, 3}), ramp({3, 5}), ramp({4})}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("Gemm \"g\": shapes [2, 5] and [4] do not broadcast"));
}

}  // namespace
}  // namespace lathe::test
