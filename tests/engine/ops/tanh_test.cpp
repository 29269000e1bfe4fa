#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> tanhCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Tanh",
         .inputs = {Tensor::of<float>({3}, {0, 1, -INFINITY})},
         .expected = {Tensor::of<float>({3}, {0, 0.7615941559557649f, -1})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Tanh",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Tanh",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Tanh", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Tanh, Cases) { checkCases(tanhCases()); }

TEST(Tanh, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Tanh", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Tanh \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
