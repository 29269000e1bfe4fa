#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> dynamicQuantizeLinearCases() {
    return {
        {.name = "range_with_both_signs",
         .op = "DynamicQuantizeLinear",
         .inputs = {Tensor::of<float>({6}, {0, 2, -3, -2.5f, 1.34f, 0.5f})},
         .outputCount = 3,
         .expected = {Tensor::of<uint8_t>({6}, {153, 255, 0, 26, 221, 179}),
                      Tensor::scalar<float>(0.0196078438f), Tensor::scalar<uint8_t>(153)},
         .tolerance = 1e-06},
        {.name = "range_includes_zero",
         .op = "DynamicQuantizeLinear",
         .inputs = {Tensor::of<float>({2}, {51, 255})},
         .outputCount = 3,
         .expected = {Tensor::of<uint8_t>({2}, {51, 255}), Tensor::scalar<float>(1),
                      Tensor::scalar<uint8_t>(0)}},
        {.name = "zeros",
         .op = "DynamicQuantizeLinear",
         .inputs = {Tensor::of<float>({2}, {0, 0})},
         .outputCount = 3,
         .expected = {Tensor::of<uint8_t>({2}, {0, 0}), Tensor::scalar<float>(1),
                      Tensor::scalar<uint8_t>(0)}},
    };
}

namespace {

TEST(DynamicQuantizeLinear, Cases) { checkCases(dynamicQuantizeLinearCases()); }

TEST(DynamicQuantizeLinear, RefusesDoubles) {
    const OpCase opCase{.name = "q",
                        .op = "DynamicQuantizeLinear",
                        .inputs = {Tensor::of<double>({1}, {1.0})},
                        .outputCount = 3};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("input 0 (x) has type float64"));
}

}  // namespace
}  // namespace lathe::test
