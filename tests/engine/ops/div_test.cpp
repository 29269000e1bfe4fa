#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> divCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Div",
         .inputs = {Tensor::of<float>({2}, {1, -3}), Tensor::of<float>({2}, {4, 2})},
         .expected = {Tensor::of<float>({2}, {0.25f, -1.5f})}},
        {.name = "integers_truncate",
         .op = "Div",
         .inputs = {Tensor::of<int32_t>({4}, {7, -7, 7, -7}), Tensor::of<int32_t>({4}, {2, 2, -2, -2})},
         .expected = {Tensor::of<int32_t>({4}, {3, -3, -3, 3})}},
        {.name = "smallest_by_minus_one",
         .op = "Div",
         .inputs = {Tensor::of<int8_t>({1}, {-128}), Tensor::of<int8_t>({1}, {-1})},
         .expected = {Tensor::of<int8_t>({1}, {-128})}},
        {.name = "by_zero",
         .op = "Div",
         .inputs = {Tensor::of<float>({2}, {1, 0}), Tensor::of<float>({2}, {0, 0})},
         .expected = {Tensor::of<float>({2}, {INFINITY, NAN})}},
        {.name = "empty",
         .op = "Div",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3}),
                    Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
    };
}

namespace {

TEST(Div, Cases) { checkCases(divCases()); }

TEST(Div, RefusesShapesThatDoNotBroadcast) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Div",
                   .inputs = {Tensor::of<float>({2, 3}, {1, 1, 1, 1, 1, 1}), Tensor::of<float>({2}, {1, 1})}},
                  "Div \"r\": shapes [2, 3] and [2] do not broadcast");
}

TEST(Div, RefusesToDivideIntegersByZero) {
    using tensor::Tensor;
    expectRefused(
        {.name = "r", .op = "Div", .inputs = {Tensor::of<int64_t>({1}, {1}), Tensor::of<int64_t>({1}, {0})}},
        "Div \"r\": an integer is divided by 0");
}

}  // namespace
}  // namespace lathe::test
