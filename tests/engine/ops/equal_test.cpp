#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> equalCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Equal",
         .inputs = {Tensor::of<float>({3}, {1, 2, NAN}), Tensor::of<float>({3}, {1, 3, NAN})},
         .expected = {Tensor::of<bool>({3}, {true, false, false})}},
        {.name = "strings",
         .op = "Equal",
         .inputs = {Tensor::of<std::string>({2}, {"a", "b"}), Tensor::of<std::string>({1}, {"b"})},
         .expected = {Tensor::of<bool>({2}, {false, true})}},
        {.name = "bools",
         .op = "Equal",
         .inputs = {Tensor::of<bool>({2}, {true, false}), Tensor::of<bool>({2}, {false, false})},
         .expected = {Tensor::of<bool>({2}, {false, true})}},
        {.name = "broadcast",
         .op = "Equal",
         .inputs = {Tensor::of<int64_t>({2, 1}, {1, 2}), Tensor::of<int64_t>({1, 2}, {2, 1})},
         .expected = {Tensor::of<bool>({2, 2}, {false, true, true, false})}},
        {.name = "empty",
         .op = "Equal",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3}),
                    Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
    };
}

namespace {

TEST(Equal, Cases) { checkCases(equalCases()); }

TEST(Equal, RefusesShapesThatDoNotBroadcast) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Equal",
                   .inputs = {Tensor::of<float>({2, 3}, {1, 1, 1, 1, 1, 1}), Tensor::of<float>({2}, {1, 1})}},
                  "Equal \"r\": shapes [2, 3] and [2] do not broadcast");
}

}  // namespace
}  // namespace lathe::test
