#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftDynamicQuantizeMatMulCases() {
    return {
        {.name = "by_hand",
         .op = "DynamicQuantizeMatMul",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<float>({1, 2}, {0, 255}), Tensor::of<uint8_t>({2, 1}, {1, 2}),
                    Tensor::scalar<float>(0.5f)},
         .expected = {Tensor::of<float>({1, 1}, {255})}},
        {.name = "zero_point_and_bias",
         .op = "DynamicQuantizeMatMul",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<float>({1, 2}, {51, 255}), Tensor::of<uint8_t>({2, 1}, {3, 2}),
                    Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(1), Tensor::of<float>({1}, {-7})},
         .expected = {Tensor::of<float>({1, 1}, {350})}},
    };
}

namespace {

TEST(ComMicrosoftDynamicQuantizeMatMul, Cases) { checkCases(comMicrosoftDynamicQuantizeMatMulCases()); }

TEST(ComMicrosoftDynamicQuantizeMatMul, RefusesOtherInner) {
    const OpCase opCase{
        .name = "m",
        .op = "DynamicQuantizeMatMul",
        .domain = "com.microsoft",
        .inputs = {ramp({1, 3}), Tensor::of<uint8_t>({2, 1}, {1, 2}), Tensor::scalar<float>(0.5f)}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("3 columns against 2 rows"));
}

}  // namespace
}  // namespace lathe::test
