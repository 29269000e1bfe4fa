#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> mulCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Mul",
         .inputs = {Tensor::of<float>({2}, {1, 2}), Tensor::of<float>({2}, {10, 0.5f})},
         .expected = {Tensor::of<float>({2}, {10, 1})}},
        {.name = "broadcast",
         .op = "Mul",
         .inputs = {Tensor::of<int64_t>({2, 1}, {2, 3}), Tensor::of<int64_t>({1, 2}, {5, 7})},
         .expected = {Tensor::of<int64_t>({2, 2}, {10, 14, 15, 21})}},
        {.name = "empty",
         .op = "Mul",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3}),
                    Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
    };
}

namespace {

TEST(Mul, Cases) { checkCases(mulCases()); }

TEST(Mul, RefusesShapesThatDoNotBroadcast) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Mul",
                   .inputs = {Tensor::of<float>({2, 3}, {1, 1, 1, 1, 1, 1}), Tensor::of<float>({2}, {1, 1})}},
                  "Mul \"r\": shapes [2, 3] and [2] do not broadcast");
}

}  // namespace
}  // namespace lathe::test
