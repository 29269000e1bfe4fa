#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> thresholdedReluCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "ThresholdedRelu",
         .inputs = {Tensor::of<float>({4}, {0.5f, 1, 1.5f, -2})},
         .expected = {Tensor::of<float>({4}, {0, 0, 1.5f, 0})},
         .tolerance = 1e-06},
        {.name = "threshold",
         .op = "ThresholdedRelu",
         .attributes = {{"alpha", 2.0f}},
         .inputs = {Tensor::of<float>({2}, {2, 3})},
         .expected = {Tensor::of<float>({2}, {0, 3})}},
        {.name = "half",
         .op = "ThresholdedRelu",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "ThresholdedRelu",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "ThresholdedRelu", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(ThresholdedRelu, Cases) { checkCases(thresholdedReluCases()); }

TEST(ThresholdedRelu, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "ThresholdedRelu", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "ThresholdedRelu \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
