#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> dequantizeLinearCases() {
    return {
        {.name = "one_scale",
         .op = "DequantizeLinear",
         .inputs = {Tensor::of<uint8_t>({3}, {0, 3, 128}), Tensor::scalar<float>(2),
                    Tensor::scalar<uint8_t>(128)},
         .expected = {Tensor::of<float>({3}, {-256, -250, 0})}},
        {.name = "scale_a_row",
         .op = "DequantizeLinear",
         .attributes = {{"axis", int64_t{0}}},
         .inputs = {Tensor::of<int8_t>({2, 2}, {1, 2, 3, 4}), Tensor::of<float>({2}, {1, 0.5f})},
         .expected = {Tensor::of<float>({2, 2}, {1, 2, 1.5f, 2})}},
        {.name = "blocks",
         .op = "DequantizeLinear",
         .attributes = {{"axis", int64_t{1}}, {"block_size", int64_t{2}}},
         .inputs = {Tensor::of<int8_t>({1, 4}, {1, 2, 3, 4}), Tensor::of<float>({1, 2}, {1, 10})},
         .expected = {Tensor::of<float>({1, 4}, {1, 2, 30, 40})}},
        {.name = "int32",
         .op = "DequantizeLinear",
         .inputs = {Tensor::of<int32_t>({2}, {-7, 9}), Tensor::scalar<float>(0.5f)},
         .expected = {Tensor::of<float>({2}, {-3.5f, 4.5f})}},
    };
}

namespace {

TEST(DequantizeLinear, Cases) { checkCases(dequantizeLinearCases()); }

TEST(DequantizeLinear, RefusesScaleOfOtherLength) {
    const OpCase opCase{
        .name = "d",
        .op = "DequantizeLinear",
        .attributes = {{"axis", int64_t{0}}},
        .inputs = {Tensor::of<int8_t>({2, 2}, {1, 2, 3, 4}), Tensor::of<float>({3}, {1, 1, 1})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("scale [3] does not fit input [2, 2]"));
}

}  // namespace
}  // namespace lathe::test
