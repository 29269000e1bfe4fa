#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> andCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "And",
         .inputs = {Tensor::of<bool>({4}, {false, false, true, true}),
                    Tensor::of<bool>({4}, {false, true, false, true})},
         .expected = {Tensor::of<bool>({4}, {false, false, false, true})}},
        {.name = "broadcast",
         .op = "And",
         .inputs = {Tensor::of<bool>({2, 1}, {false, true}), Tensor::of<bool>({1, 2}, {false, true})},
         .expected = {Tensor::of<bool>({2, 2}, {false, false, false, true})}},
        {.name = "empty",
         .op = "And",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<bool>(), tensor::Shape{0, 3}),
                    Tensor::zeros(tensor::dataTypeOf<bool>(), tensor::Shape{0, 3})}},
    };
}

namespace {

TEST(And, Cases) { checkCases(andCases()); }

TEST(And, RefusesShapesThatDoNotBroadcast) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "And",
                   .inputs = {Tensor::of<bool>({2, 3}, {true, true, true, true, true, true}),
                              Tensor::of<bool>({2}, {true, true})}},
                  "And \"r\": shapes [2, 3] and [2] do not broadcast");
}

}  // namespace
}  // namespace lathe::test
