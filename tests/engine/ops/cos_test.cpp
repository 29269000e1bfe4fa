#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> cosCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Cos",
         .inputs = {Tensor::of<float>({3}, {0, 3.141592653589793f, 1.5707963267948966f})},
         .expected = {Tensor::of<float>({3}, {1, -1, -4.371139e-08f})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Cos",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Cos",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Cos", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Cos, Cases) { checkCases(cosCases()); }

TEST(Cos, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Cos", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Cos \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
