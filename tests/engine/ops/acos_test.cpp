#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> acosCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Acos",
         .inputs = {Tensor::of<float>({4}, {1, 0, -1, 2})},
         .expected = {Tensor::of<float>({4}, {0, 1.5707963267948966f, 3.141592653589793f, NAN})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Acos",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Acos",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Acos", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Acos, Cases) { checkCases(acosCases()); }

TEST(Acos, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Acos", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Acos \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
