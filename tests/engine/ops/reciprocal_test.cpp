#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> reciprocalCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Reciprocal",
         .inputs = {Tensor::of<float>({3}, {2, -4, 0})},
         .expected = {Tensor::of<float>({3}, {0.5f, -0.25f, INFINITY})}},
        {.name = "half",
         .op = "Reciprocal",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Reciprocal",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Reciprocal", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Reciprocal, Cases) { checkCases(reciprocalCases()); }

TEST(Reciprocal, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Reciprocal", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Reciprocal \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
