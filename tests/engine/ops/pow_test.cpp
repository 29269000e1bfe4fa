#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> powCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Pow",
         .inputs = {Tensor::of<float>({3}, {2, 3, 4}), Tensor::of<float>({3}, {3, 2, 0.5f})},
         .expected = {Tensor::of<float>({3}, {8, 9, 2})},
         .tolerance = 1e-06},
        {.name = "integers",
         .op = "Pow",
         .inputs = {Tensor::of<int64_t>({3}, {2, -3, 2}), Tensor::of<int64_t>({3}, {10, 3, -1})},
         .expected = {Tensor::of<int64_t>({3}, {1024, -27, 0})}},
        {.name = "integer_to_a_real",
         .op = "Pow",
         .inputs = {Tensor::of<int32_t>({2}, {2, 9}), Tensor::of<float>({2}, {3, 0.5f})},
         .expected = {Tensor::of<int32_t>({2}, {8, 3})}},
        {.name = "real_to_an_integer",
         .op = "Pow",
         .inputs = {Tensor::of<float>({2}, {2, 0.5f}), Tensor::of<int64_t>({2}, {3, 2})},
         .expected = {Tensor::of<float>({2}, {8, 0.25f})},
         .tolerance = 1e-06},
        {.name = "empty",
         .op = "Pow",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3}),
                    Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
    };
}

namespace {

TEST(Pow, Cases) { checkCases(powCases()); }

TEST(Pow, RefusesShapesThatDoNotBroadcast) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Pow",
                   .inputs = {Tensor::of<float>({2, 3}, {1, 1, 1, 1, 1, 1}), Tensor::of<float>({2}, {1, 1})}},
                  "Pow \"r\": shapes [2, 3] and [2] do not broadcast");
}

}  // namespace
}  // namespace lathe::test
