#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> quantizeLinearCases() {
    return {
        {.name = "rounds_and_saturates",
         .op = "QuantizeLinear",
         .inputs = {Tensor::of<float>({6}, {0, 2, 3, 1000, -254, -1000}), Tensor::scalar<float>(2),
                    Tensor::scalar<uint8_t>(128)},
         .expected = {Tensor::of<uint8_t>({6}, {128, 129, 130, 255, 1, 0})}},
        {.name = "halves_go_to_even",
         .op = "QuantizeLinear",
         .inputs = {Tensor::of<float>({5}, {0.5f, 1.5f, 2.5f, -0.5f, -1.5f}), Tensor::scalar<float>(1),
                    Tensor::scalar<int8_t>(0)},
         .expected = {Tensor::of<int8_t>({5}, {0, 2, 2, 0, -2})}},
        {.name = "scale_a_row",
         .op = "QuantizeLinear",
         .attributes = {{"axis", int64_t{0}}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<float>({2}, {1, 2}),
                    Tensor::of<int8_t>({2}, {0, 1})},
         .expected = {Tensor::of<int8_t>({2, 2}, {1, 2, 3, 3})}},
        {.name = "default_is_uint8",
         .op = "QuantizeLinear",
         .inputs = {Tensor::of<float>({2}, {1, -1}), Tensor::scalar<float>(0.5f)},
         .expected = {Tensor::of<uint8_t>({2}, {2, 0})}},
        {.name = "int4",
         .op = "QuantizeLinear",
         .attributes = {{"block_size", int64_t{2}}, {"output_dtype", int64_t{22}}},
         .inputs = {ramp({2, 6}), Tensor::of<float>({2, 3}, {0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f})}},
    };
}

namespace {

TEST(QuantizeLinear, Cases) { checkCases(quantizeLinearCases()); }

TEST(QuantizeLinear, RefusesScaleOfOtherLength) {
    const OpCase opCase{
        .name = "q",
        .op = "QuantizeLinear",
        .attributes = {{"axis", int64_t{0}}},
        .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<float>({3}, {1, 1, 1})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("scale [3] does not fit input [2, 2]"));
}

TEST(QuantizeLinear, RefusesContradiction) {
    const OpCase opCase{
        .name = "q",
        .op = "QuantizeLinear",
        .attributes = {{"output_dtype", int64_t{3}}},
        .inputs = {Tensor::of<float>({2}, {1, 2}), Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(0)}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("output_dtype is 3, but the zero point is uint8"));
}

}  // namespace
}  // namespace lathe::test
