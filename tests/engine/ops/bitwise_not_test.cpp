#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> bitwiseNotCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "BitwiseNot",
         .inputs = {Tensor::of<uint8_t>({3}, {0, 5, 255})},
         .expected = {Tensor::of<uint8_t>({3}, {255, 250, 0})}},
        {.name = "signed",
         .op = "BitwiseNot",
         .inputs = {Tensor::of<int32_t>({2}, {0, 5})},
         .expected = {Tensor::of<int32_t>({2}, {-1, -6})}},
    };
}

namespace {

TEST(BitwiseNot, Cases) { checkCases(bitwiseNotCases()); }

TEST(BitwiseNot, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "BitwiseNot", .inputs = {Tensor::of<float>({1}, {3})}},
                  "BitwiseNot \"r\": input 0 (X) has type float32, expected one of");
}

}  // namespace
}  // namespace lathe::test
