#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> lessOrEqualCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "LessOrEqual",
         .inputs = {Tensor::of<float>({4}, {1, 2, 3, NAN}), Tensor::of<float>({4}, {2, 2, 2, 2})},
         .expected = {Tensor::of<bool>({4}, {true, true, false, false})}},
        {.name = "unsigned",
         .op = "LessOrEqual",
         .inputs = {Tensor::of<uint64_t>({2}, {UINT64_C(18446744073709551615), 1}),
                    Tensor::of<uint64_t>({1}, {1})},
         .expected = {Tensor::of<bool>({2}, {false, true})}},
        {.name = "empty",
         .op = "LessOrEqual",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3}),
                    Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
    };
}

namespace {

TEST(LessOrEqual, Cases) { checkCases(lessOrEqualCases()); }

TEST(LessOrEqual, RefusesShapesThatDoNotBroadcast) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "LessOrEqual",
                   .inputs = {Tensor::of<float>({2, 3}, {1, 1, 1, 1, 1, 1}), Tensor::of<float>({2}, {1, 1})}},
                  "LessOrEqual \"r\": shapes [2, 3] and [2] do not broadcast");
}

}  // namespace
}  // namespace lathe::test
