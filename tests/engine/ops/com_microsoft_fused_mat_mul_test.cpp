#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftFusedMatMulCases() {
    return {
        {.name = "factor",
         .op = "FusedMatMul",
         .domain = "com.microsoft",
         .attributes = {{"alpha", 0.5f}},
         .inputs = {Tensor::of<float>({1, 2}, {1, 2}), Tensor::of<float>({2, 1}, {3, 4})},
         .expected = {Tensor::of<float>({1, 1}, {5.5f})}},
        {.name = "transposed_right",
         .op = "FusedMatMul",
         .domain = "com.microsoft",
         .attributes = {{"transB", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 2}, {1, 2}), Tensor::of<float>({2, 2}, {1, 2, 3, 4})},
         .expected = {Tensor::of<float>({1, 2}, {5, 11})}},
        {.name = "batch_behind_rows",
         .op = "FusedMatMul",
         .domain = "com.microsoft",
         .attributes = {{"transBatchA", int64_t{1}}},
         .inputs = {ramp({3, 2, 4}), ramp({2, 4, 5})}},
        {.name = "transposed_left",
         .op = "FusedMatMul",
         .domain = "com.microsoft",
         .attributes = {{"transA", int64_t{1}}},
         .inputs = {ramp({2, 4, 3}), ramp({2, 4, 5})}},
    };
}

namespace {

TEST(ComMicrosoftFusedMatMul, Cases) { checkCases(comMicrosoftFusedMatMulCases()); }

TEST(ComMicrosoftFusedMatMul, RefusesOtherInner) {
    const OpCase opCase{
        .name = "m", .op = "FusedMatMul", .domain = "com.microsoft", .inputs = {ramp({2, 3}), ramp({2, 3})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("3 columns against 2 rows"));
}

}  // namespace
}  // namespace lathe::test
