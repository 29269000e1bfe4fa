#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> erfCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Erf",
         .inputs = {Tensor::of<float>({4}, {0, 0.5f, -1, INFINITY})},
         .expected = {Tensor::of<float>({4}, {0, 0.5204998778130465f, -0.8427007929497149f, 1})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Erf",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Erf",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Erf", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Erf, Cases) { checkCases(erfCases()); }

TEST(Erf, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Erf", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Erf \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
