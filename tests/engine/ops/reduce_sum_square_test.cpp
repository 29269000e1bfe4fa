#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> reduceSumSquareCases() {
    using tensor::Tensor;
    return {
        {.name = "axis",
         .op = "ReduceSumSquare",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {5, 25})},
         .tolerance = 1e-06,
         .constantInputs = {1}},
        {.name = "all",
         .op = "ReduceSumSquare",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4})},
         .expected = {Tensor::of<float>({1, 1}, {30})},
         .tolerance = 1e-06},
        {.name = "drops_axes",
         .op = "ReduceSumSquare",
         .attributes = {{"keepdims", int64_t{0}}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {-1})},
         .expected = {Tensor::of<float>({2}, {5, 25})},
         .tolerance = 1e-06,
         .constantInputs = {1}},
        {.name = "axes_at_the_run",
         .op = "ReduceSumSquare",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {5, 25})},
         .tolerance = 1e-06},
        {.name = "over_nothing",
         .op = "ReduceSumSquare",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{2, 0}),
                    Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {0, 0})},
         .constantInputs = {1}},
        {.name = "noop_squares",
         .op = "ReduceSumSquare",
         .attributes = {{"noop_with_empty_axes", int64_t{1}}},
         .inputs = {Tensor::of<float>({2}, {2, 3})},
         .expected = {Tensor::of<float>({2}, {4, 9})}},
    };
}

namespace {

TEST(ReduceSumSquare, Cases) { checkCases(reduceSumSquareCases()); }

TEST(ReduceSumSquare, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ReduceSumSquare",
                   .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {2})},
                   .constantInputs = {1}},
                  "ReduceSumSquare \"r\": axis 2 is outside [-2, 2) of a tensor of rank 2");
}

TEST(ReduceSumSquare, RefusesAnAxisGivenTwice) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ReduceSumSquare",
                   .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({2}, {1, -1})},
                   .constantInputs = {1}},
                  "ReduceSumSquare \"r\": axis -1 is given twice");
}

}  // namespace
}  // namespace lathe::test
