#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> atanCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Atan",
         .inputs = {Tensor::of<float>({4}, {0, 1, -1, INFINITY})},
         .expected = {Tensor::of<float>({4},
                                        {0, 0.7853981633974483f, -0.7853981633974483f, 1.5707963267948966f})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Atan",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Atan",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Atan", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Atan, Cases) { checkCases(atanCases()); }

TEST(Atan, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Atan", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Atan \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
