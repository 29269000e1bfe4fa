#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> hardSigmoidCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "HardSigmoid",
         .inputs = {Tensor::of<float>({4}, {-3, 0, 3, 0.5f})},
         .expected = {Tensor::of<float>({4}, {0, 0.5f, 1, 0.6f})},
         .tolerance = 1e-06},
        {.name = "parameters",
         .op = "HardSigmoid",
         .attributes = {{"alpha", 0.5f}, {"beta", 0.6f}},
         .inputs = {Tensor::of<float>({3}, {-1, 0, 1})},
         .expected = {Tensor::of<float>({3}, {0.1f, 0.6f, 1})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "HardSigmoid",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "HardSigmoid",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "HardSigmoid", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(HardSigmoid, Cases) { checkCases(hardSigmoidCases()); }

TEST(HardSigmoid, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "HardSigmoid", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "HardSigmoid \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
