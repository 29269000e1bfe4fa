#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> reduceL1Cases() {
    using tensor::Tensor;
    return {
        {.name = "axis",
         .op = "ReduceL1",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {3, 7})},
         .tolerance = 1e-06,
         .constantInputs = {1}},
        {.name = "all",
         .op = "ReduceL1",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4})},
         .expected = {Tensor::of<float>({1, 1}, {10})},
         .tolerance = 1e-06},
        {.name = "drops_axes",
         .op = "ReduceL1",
         .attributes = {{"keepdims", int64_t{0}}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {-1})},
         .expected = {Tensor::of<float>({2}, {3, 7})},
         .tolerance = 1e-06,
         .constantInputs = {1}},
        {.name = "axes_at_the_run",
         .op = "ReduceL1",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {3, 7})},
         .tolerance = 1e-06},
        {.name = "over_nothing",
         .op = "ReduceL1",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{2, 0}),
                    Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {0, 0})},
         .constantInputs = {1}},
        {.name = "negative",
         .op = "ReduceL1",
         .inputs = {Tensor::of<float>({2}, {-1, 2})},
         .expected = {Tensor::of<float>({1}, {3})}},
    };
}

namespace {

TEST(ReduceL1, Cases) { checkCases(reduceL1Cases()); }

TEST(ReduceL1, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ReduceL1",
                   .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {2})},
                   .constantInputs = {1}},
                  "ReduceL1 \"r\": axis 2 is outside [-2, 2) of a tensor of rank 2");
}

TEST(ReduceL1, RefusesAnAxisGivenTwice) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ReduceL1",
                   .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({2}, {1, -1})},
                   .constantInputs = {1}},
                  "ReduceL1 \"r\": axis -1 is given twice");
}

}  // namespace
}  // namespace lathe::test
