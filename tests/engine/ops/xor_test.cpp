#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> xorCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Xor",
         .inputs = {Tensor::of<bool>({4}, {false, false, true, true}),
                    Tensor::of<bool>({4}, {false, true, false, true})},
         .expected = {Tensor::of<bool>({4}, {false, true, true, false})}},
        {.name = "broadcast",
         .op = "Xor",
         .inputs = {Tensor::of<bool>({2, 1}, {false, true}), Tensor::of<bool>({1, 2}, {false, true})},
         .expected = {Tensor::of<bool>({2, 2}, {false, true, true, false})}},
        {.name = "empty",
         .op = "Xor",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<bool>(), tensor::Shape{0, 3}),
                    Tensor::zeros(tensor::dataTypeOf<bool>(), tensor::Shape{0, 3})}},
    };
}

namespace {

TEST(Xor, Cases) { checkCases(xorCases()); }

TEST(Xor, RefusesShapesThatDoNotBroadcast) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Xor",
                   .inputs = {Tensor::of<bool>({2, 3}, {true, true, true, true, true, true}),
                              Tensor::of<bool>({2}, {true, true})}},
                  "Xor \"r\": shapes [2, 3] and [2] do not broadcast");
}

}  // namespace
}  // namespace lathe::test
