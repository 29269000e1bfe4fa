#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> isNanCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "IsNaN",
         .inputs = {Tensor::of<float>({3}, {NAN, 1, INFINITY})},
         .expected = {Tensor::of<bool>({3}, {true, false, false})}},
        {.name = "half",
         .op = "IsNaN",
         .inputs = {Tensor::of<tensor::Float16>({2}, {tensor::Float16(NAN), tensor::Float16(1.0f)})},
         .expected = {Tensor::of<bool>({2}, {true, false})}},
        {.name = "empty",
         .op = "IsNaN",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<bool>(), tensor::Shape{0})}},
    };
}

namespace {

TEST(IsNaN, Cases) { checkCases(isNanCases()); }

TEST(IsNaN, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "IsNaN", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "IsNaN \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
