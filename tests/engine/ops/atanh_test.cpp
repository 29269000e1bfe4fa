#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> atanhCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Atanh",
         .inputs = {Tensor::of<float>({4}, {0, 0.5f, 1, 2})},
         .expected = {Tensor::of<float>({4}, {0, 0.5493061443340549f, INFINITY, NAN})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Atanh",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Atanh",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Atanh", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Atanh, Cases) { checkCases(atanhCases()); }

TEST(Atanh, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Atanh", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Atanh \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
