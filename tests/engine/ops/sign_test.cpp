#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> signCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Sign",
         .inputs = {Tensor::of<float>({4}, {-1.5f, 0, 2, NAN})},
         .expected = {Tensor::of<float>({4}, {-1, 0, 1, NAN})}},
        {.name = "unsigned",
         .op = "Sign",
         .inputs = {Tensor::of<uint8_t>({2}, {0, 7})},
         .expected = {Tensor::of<uint8_t>({2}, {0, 1})}},
        {.name = "half",
         .op = "Sign",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Sign",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Sign", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Sign, Cases) { checkCases(signCases()); }

TEST(Sign, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Sign", .inputs = {Tensor::of<std::string>({1}, {"a"})}},
                  "Sign \"r\": input 0 (X) has type string, expected one of");
}

}  // namespace
}  // namespace lathe::test
