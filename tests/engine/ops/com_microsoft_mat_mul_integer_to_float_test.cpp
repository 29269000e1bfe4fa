#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftMatMulIntegerToFloatCases() {
    return {
        {.name = "by_hand",
         .op = "MatMulIntegerToFloat",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<uint8_t>({1, 2}, {2, 3}), Tensor::of<int8_t>({2, 2}, {1, 2, 3, 4}),
                    Tensor::scalar<float>(0.5f), Tensor::scalar<float>(2), Tensor::scalar<uint8_t>(1)},
         .expected = {Tensor::of<float>({1, 2}, {7, 10})}},
        {.name = "columns_and_bias",
         .op = "MatMulIntegerToFloat",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<uint8_t>({1, 2}, {1, 2}), Tensor::of<int8_t>({2, 2}, {1, 2, 3, 4}),
                    Tensor::scalar<float>(1), Tensor::of<float>({2}, {1, 0.5f}), std::nullopt, std::nullopt,
                    Tensor::of<float>({2}, {10, 20})},
         .expected = {Tensor::of<float>({1, 2}, {17, 25})}},
    };
}

namespace {

TEST(ComMicrosoftMatMulIntegerToFloat, Cases) { checkCases(comMicrosoftMatMulIntegerToFloatCases()); }

TEST(ComMicrosoftMatMulIntegerToFloat, RefusesOtherInner) {
    const OpCase opCase{
        .name = "m",
        .op = "MatMulIntegerToFloat",
        .domain = "com.microsoft",
        .inputs = {Tensor::of<uint8_t>({1, 3}, {2, 3, 4}), Tensor::of<int8_t>({2, 2}, {1, 2, 3, 4}),
                   Tensor::scalar<float>(0.5f), Tensor::scalar<float>(2)}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("3 columns against 2 rows"));
}

}  // namespace
}  // namespace lathe::test
