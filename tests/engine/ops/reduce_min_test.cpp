#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> reduceMinCases() {
    using tensor::Tensor;
    return {
        {.name = "axis",
         .op = "ReduceMin",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {1, 3})},
         .tolerance = 1e-06,
         .constantInputs = {1}},
        {.name = "all",
         .op = "ReduceMin",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4})},
         .expected = {Tensor::of<float>({1, 1}, {1})},
         .tolerance = 1e-06},
        {.name = "drops_axes",
         .op = "ReduceMin",
         .attributes = {{"keepdims", int64_t{0}}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {-1})},
         .expected = {Tensor::of<float>({2}, {1, 3})},
         .tolerance = 1e-06,
         .constantInputs = {1}},
        {.name = "axes_at_the_run",
         .op = "ReduceMin",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {1, 3})},
         .tolerance = 1e-06},
        {.name = "over_nothing",
         .op = "ReduceMin",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{2, 0}),
                    Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {INFINITY, INFINITY})},
         .constantInputs = {1}},
        {.name = "nan_wins",
         .op = "ReduceMin",
         .inputs = {Tensor::of<float>({3}, {1, NAN, 3})},
         .expected = {Tensor::of<float>({1}, {NAN})}},
        {.name = "bools",
         .op = "ReduceMin",
         .inputs = {Tensor::of<bool>({2, 2}, {true, true, false, true}), Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<bool>({2, 1}, {true, false})},
         .constantInputs = {1}},
    };
}

namespace {

TEST(ReduceMin, Cases) { checkCases(reduceMinCases()); }

TEST(ReduceMin, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ReduceMin",
                   .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {2})},
                   .constantInputs = {1}},
                  "ReduceMin \"r\": axis 2 is outside [-2, 2) of a tensor of rank 2");
}

TEST(ReduceMin, RefusesAnAxisGivenTwice) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ReduceMin",
                   .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({2}, {1, -1})},
                   .constantInputs = {1}},
                  "ReduceMin \"r\": axis -1 is given twice");
}

}  // namespace
}  // namespace lathe::test
