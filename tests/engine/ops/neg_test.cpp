#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> negCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Neg",
         .inputs = {Tensor::of<float>({2}, {-1.5f, 2})},
         .expected = {Tensor::of<float>({2}, {1.5f, -2})}},
        {.name = "integers_wrap",
         .op = "Neg",
         .inputs = {Tensor::of<int8_t>({2}, {-128, 3})},
         .expected = {Tensor::of<int8_t>({2}, {-128, -3})}},
        {.name = "half",
         .op = "Neg",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Neg",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Neg", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Neg, Cases) { checkCases(negCases()); }

TEST(Neg, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Neg", .inputs = {Tensor::of<uint8_t>({1}, {3})}},
                  "Neg \"r\": input 0 (X) has type uint8, expected one of");
}

}  // namespace
}  // namespace lathe::test
