#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> sigmoidCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Sigmoid",
         .inputs = {Tensor::of<float>({4}, {0, 2, -2, -INFINITY})},
         .expected = {Tensor::of<float>({4}, {0.5f, 0.8807970779778823f, 0.11920292202211755f, 0})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Sigmoid",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Sigmoid",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Sigmoid", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Sigmoid, Cases) { checkCases(sigmoidCases()); }

TEST(Sigmoid, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Sigmoid", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Sigmoid \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
