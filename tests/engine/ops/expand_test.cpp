#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> expandCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Expand",
         .inputs = {Tensor::of<float>({2, 1}, {1, 2}), Tensor::of<int64_t>({2}, {2, 3})},
         .expected = {Tensor::of<float>({2, 3}, {1, 1, 1, 2, 2, 2})},
         .constantInputs = {1}},
        {.name = "more_axes",
         .op = "Expand",
         .inputs = {Tensor::of<float>({1}, {5}), Tensor::of<int64_t>({2}, {2, 1})},
         .expected = {Tensor::of<float>({2, 1}, {5, 5})},
         .constantInputs = {1}},
        {.name = "one_in_the_shape",
         .op = "Expand",
         .inputs = {Tensor::of<float>({2}, {1, 2}), Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2}, {1, 2})},
         .constantInputs = {1}},
        {.name = "shape_at_the_run",
         .op = "Expand",
         .inputs = {Tensor::of<float>({1}, {5}), Tensor::of<int64_t>({1}, {2})},
         .expected = {Tensor::of<float>({2}, {5, 5})}},
    };
}

namespace {

TEST(Expand, Cases) { checkCases(expandCases()); }

TEST(Expand, RefusesShapesThatDoNotBroadcast) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Expand",
                   .inputs = {ramp({2}), Tensor::of<int64_t>({1}, {3})},
                   .constantInputs = {1}},
                  "Expand \"r\": shapes [2] and [3] do not broadcast");
}

}  // namespace
}  // namespace lathe::test
