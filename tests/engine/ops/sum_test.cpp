#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> sumCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Sum",
         .inputs = {Tensor::of<float>({3}, {1, 5, NAN}), Tensor::of<float>({3}, {2, 4, 1}),
                    Tensor::of<float>({3}, {3, 2, 0})},
         .expected = {Tensor::of<float>({3}, {6, 11, NAN})},
         .tolerance = 1e-06},
        {.name = "broadcast",
         .op = "Sum",
         .inputs = {Tensor::of<float>({2}, {1.5f, 2.5f}), Tensor::scalar<float>(2),
                    Tensor::of<float>({1}, {4})},
         .expected = {Tensor::of<float>({2}, {7.5f, 8.5f})},
         .tolerance = 1e-06},
        {.name = "one_input", .op = "Sum", .inputs = {ramp({2, 3})}, .expected = {ramp({2, 3})}},
    };
}

namespace {

TEST(Sum, Cases) { checkCases(sumCases()); }

TEST(Sum, RefusesShapesThatDoNotBroadcast) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Sum", .inputs = {ramp({2, 3}), ramp({2})}},
                  "Sum \"r\": shapes [2, 3] and [2] do not broadcast");
}

}  // namespace
}  // namespace lathe::test
