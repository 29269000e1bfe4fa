#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftDequantizeLinearCases() {
    return {
        {.name = "sixteen_bits",
         .op = "DequantizeLinear",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<uint16_t>({2}, {0, 65535}), Tensor::scalar(0.5f),
                    Tensor::scalar<uint16_t>(32768)},
         .expected = {Tensor::of<float>({2}, {-16384, 16383.5f})}},
        {.name = "a_scale_a_row",
         .op = "DequantizeLinear",
         .domain = "com.microsoft",
         .attributes = {{"axis", int64_t{0}}},
         .inputs = {Tensor::of<int32_t>({2, 2}, {1, 2, 3, 4}), Tensor::of<float>({2}, {1, 10})},
         .expected = {Tensor::of<float>({2, 2}, {1, 2, 30, 40})}},
    };
}

namespace {

TEST(ComMicrosoftDequantizeLinear, Cases) { checkCases(comMicrosoftDequantizeLinearCases()); }

TEST(ComMicrosoftDequantizeLinear, RefusesAxis) {
    const OpCase opCase{.name = "a",
                        .op = "DequantizeLinear",
                        .domain = "com.microsoft",
                        .attributes = {{"axis", int64_t{2}}},
                        .inputs = {Tensor::of<int8_t>({2}, {1, 2}), Tensor::of<float>({2}, {1, 1})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("axis 2 is outside the 1 dimensions"));
}

TEST(ComMicrosoftDequantizeLinear, RefusesOtherZeroPointType) {
    const OpCase opCase{
        .name = "z",
        .op = "DequantizeLinear",
        .domain = "com.microsoft",
        .inputs = {Tensor::of<int8_t>({2}, {1, 2}), Tensor::scalar(1.0f), Tensor::scalar<uint8_t>(0)}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("x_zero_point"));
}

}  // namespace
}  // namespace lathe::test
