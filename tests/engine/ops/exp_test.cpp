#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> expCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Exp",
         .inputs = {Tensor::of<float>({4}, {0, 1, -1, -INFINITY})},
         .expected = {Tensor::of<float>({4}, {1, 2.718281828459045f, 0.36787944117144233f, 0})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Exp",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Exp",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Exp", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Exp, Cases) { checkCases(expCases()); }

TEST(Exp, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Exp", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Exp \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
