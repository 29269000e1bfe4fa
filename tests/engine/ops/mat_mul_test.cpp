#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> matMulCases() {
    return {
        {.name = "two_by_two",
         .op = "MatMul",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<float>({2, 2}, {5, 6, 7, 8})},
         .expected = {Tensor::of<float>({2, 2}, {19, 22, 43, 50})}},
        {.name = "vector_times_vector",
         .op = "MatMul",
         .inputs = {Tensor::of<float>({3}, {1, 2, 3}), Tensor::of<float>({3}, {4, 5, 6})},
         .expected = {Tensor::scalar<float>(32)}},
        {.name = "integers_wrap",
         .op = "MatMul",
         .inputs = {Tensor::of<int32_t>({1, 2}, {2147483647, 1}), Tensor::of<int32_t>({2, 1}, {2, 1})},
         .expected = {Tensor::of<int32_t>({1, 1}, {-1})}},
        {.name = "broadcast_batches", .op = "MatMul", .inputs = {ramp({2, 1, 3, 4}), ramp({5, 4, 2})}},
        {.name = "matrix_times_vector", .op = "MatMul", .inputs = {ramp({2, 3, 4}), ramp({4})}},
        {.name = "vector_times_matrix", .op = "MatMul", .inputs = {ramp({4}), ramp({2, 4, 3})}},
    };
}

namespace {

TEST(MatMul, Cases) { checkCases(matMulCases()); }

TEST(MatMul, RefusesOtherInner) {
    const OpCase opCase{.name = "m", .op = "MatMul", .inputs = {ramp({2, 3}), ramp({2, 3})}};
    EXPECT_THAT(
        inferenceError(opCase),
        testing::HasSubstr("MatMul \"m\": cannot multiply [2, 3] by [2, 3]: 3 columns against 2 rows"));
}

}  // namespace
}  // namespace lathe::test
