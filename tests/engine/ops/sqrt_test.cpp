#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> sqrtCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Sqrt",
         .inputs = {Tensor::of<float>({4}, {0, 4, 2, -1})},
         .expected = {Tensor::of<float>({4}, {0, 2, 1.4142135623730951f, NAN})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Sqrt",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Sqrt",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Sqrt", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Sqrt, Cases) { checkCases(sqrtCases()); }

TEST(Sqrt, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Sqrt", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Sqrt \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
