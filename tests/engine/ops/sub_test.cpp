#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> subCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Sub",
         .inputs = {Tensor::of<float>({2}, {1, 2}), Tensor::of<float>({2}, {10, 0.5f})},
         .expected = {Tensor::of<float>({2}, {-9, 1.5f})}},
        {.name = "unsigned_wraps",
         .op = "Sub",
         .inputs = {Tensor::of<uint8_t>({1}, {1}), Tensor::of<uint8_t>({1}, {2})},
         .expected = {Tensor::of<uint8_t>({1}, {255})}},
        {.name = "scalar",
         .op = "Sub",
         .inputs = {Tensor::of<int64_t>({3}, {5, 6, 7}), Tensor::scalar<int64_t>(5)},
         .expected = {Tensor::of<int64_t>({3}, {0, 1, 2})}},
        {.name = "empty",
         .op = "Sub",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3}),
                    Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
    };
}

namespace {

TEST(Sub, Cases) { checkCases(subCases()); }

TEST(Sub, RefusesShapesThatDoNotBroadcast) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Sub",
                   .inputs = {Tensor::of<float>({2, 3}, {1, 1, 1, 1, 1, 1}), Tensor::of<float>({2}, {1, 1})}},
                  "Sub \"r\": shapes [2, 3] and [2] do not broadcast");
}

}  // namespace
}  // namespace lathe::test
