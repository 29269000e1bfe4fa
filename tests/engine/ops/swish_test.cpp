#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> swishCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Swish",
         .inputs = {Tensor::of<float>({3}, {0, 1, -1})},
         .expected = {Tensor::of<float>({3}, {0, 0.7310585786300049f, -0.2689414213699951f})},
         .tolerance = 1e-06},
        {.name = "steep",
         .op = "Swish",
         .attributes = {{"alpha", 2.0f}},
         .inputs = {Tensor::of<float>({1}, {1})},
         .expected = {Tensor::of<float>({1}, {0.8807970779778823f})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Swish",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Swish",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Swish", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Swish, Cases) { checkCases(swishCases()); }

TEST(Swish, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Swish", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Swish \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
