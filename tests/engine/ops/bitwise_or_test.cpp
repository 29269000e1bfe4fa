#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> bitwiseOrCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "BitwiseOr",
         .inputs = {Tensor::of<uint8_t>({2}, {12, 255}), Tensor::of<uint8_t>({2}, {10, 15})},
         .expected = {Tensor::of<uint8_t>({2}, {14, 255})}},
        {.name = "negative",
         .op = "BitwiseOr",
         .inputs = {Tensor::of<int32_t>({2}, {-1, -4}), Tensor::of<int32_t>({2}, {6, 6})},
         .expected = {Tensor::of<int32_t>({2}, {-1, -2})}},
        {.name = "empty",
         .op = "BitwiseOr",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<int64_t>(), tensor::Shape{0, 3}),
                    Tensor::zeros(tensor::dataTypeOf<int64_t>(), tensor::Shape{0, 3})}},
    };
}

namespace {

TEST(BitwiseOr, Cases) { checkCases(bitwiseOrCases()); }

TEST(BitwiseOr, RefusesShapesThatDoNotBroadcast) {
    using tensor::Tensor;
    expectRefused(
        {.name = "r",
         .op = "BitwiseOr",
         .inputs = {Tensor::of<int64_t>({2, 3}, {1, 1, 1, 1, 1, 1}), Tensor::of<int64_t>({2}, {1, 1})}},
        "BitwiseOr \"r\": shapes [2, 3] and [2] do not broadcast");
}

}  // namespace
}  // namespace lathe::test
