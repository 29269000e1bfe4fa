#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> addCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Add",
         .inputs = {Tensor::of<float>({3}, {1, 2, 3}), Tensor::of<float>({3}, {10, 20, 30})},
         .expected = {Tensor::of<float>({3}, {11, 22, 33})}},
        {.name = "broadcast",
         .op = "Add",
         .inputs = {Tensor::of<float>({2, 1}, {1, 2}), Tensor::of<float>({3}, {10, 20, 30})},
         .expected = {Tensor::of<float>({2, 3}, {11, 21, 31, 12, 22, 32})}},
        {.name = "integers_wrap",
         .op = "Add",
         .inputs = {Tensor::of<int8_t>({1}, {127}), Tensor::of<int8_t>({1}, {1})},
         .expected = {Tensor::of<int8_t>({1}, {-128})}},
        {.name = "half",
         .op = "Add",
         .inputs = {Tensor::of<tensor::Float16>({1}, {tensor::Float16(1.0f)}),
                    Tensor::of<tensor::Float16>({1}, {tensor::Float16(0.5f)})},
         .expected = {Tensor::of<tensor::Float16>({1}, {tensor::Float16(1.5f)})}},
        {.name = "empty",
         .op = "Add",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3}),
                    Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
    };
}

namespace {

TEST(Add, Cases) { checkCases(addCases()); }

TEST(Add, RefusesShapesThatDoNotBroadcast) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Add",
                   .inputs = {Tensor::of<float>({2, 3}, {1, 1, 1, 1, 1, 1}), Tensor::of<float>({2}, {1, 1})}},
                  "Add \"r\": shapes [2, 3] and [2] do not broadcast");
}

}  // namespace
}  // namespace lathe::test
