#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> ceilCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Ceil",
         .inputs = {Tensor::of<float>({4}, {1.2f, -1.2f, 2, NAN})},
         .expected = {Tensor::of<float>({4}, {2, -1, 2, NAN})}},
        {.name = "half",
         .op = "Ceil",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Ceil",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Ceil", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Ceil, Cases) { checkCases(ceilCases()); }

TEST(Ceil, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Ceil", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Ceil \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
