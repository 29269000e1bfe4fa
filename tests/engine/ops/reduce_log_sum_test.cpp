#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> reduceLogSumCases() {
    using tensor::Tensor;
    return {
        {.name = "axis",
         .op = "ReduceLogSum",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {1.0986122886681098f, 1.9459101490553132f})},
         .tolerance = 1e-06,
         .constantInputs = {1}},
        {.name = "all",
         .op = "ReduceLogSum",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4})},
         .expected = {Tensor::of<float>({1, 1}, {2.302585092994046f})},
         .tolerance = 1e-06},
        {.name = "drops_axes",
         .op = "ReduceLogSum",
         .attributes = {{"keepdims", int64_t{0}}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {-1})},
         .expected = {Tensor::of<float>({2}, {1.0986122886681098f, 1.9459101490553132f})},
         .tolerance = 1e-06,
         .constantInputs = {1}},
        {.name = "axes_at_the_run",
         .op = "ReduceLogSum",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {1.0986122886681098f, 1.9459101490553132f})},
         .tolerance = 1e-06},
        {.name = "over_nothing",
         .op = "ReduceLogSum",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{2, 0}),
                    Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {-INFINITY, -INFINITY})},
         .constantInputs = {1}},
    };
}

namespace {

TEST(ReduceLogSum, Cases) { checkCases(reduceLogSumCases()); }

TEST(ReduceLogSum, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ReduceLogSum",
                   .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {2})},
                   .constantInputs = {1}},
                  "ReduceLogSum \"r\": axis 2 is outside [-2, 2) of a tensor of rank 2");
}

TEST(ReduceLogSum, RefusesAnAxisGivenTwice) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ReduceLogSum",
                   .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({2}, {1, -1})},
                   .constantInputs = {1}},
                  "ReduceLogSum \"r\": axis -1 is given twice");
}

}  // namespace
}  // namespace lathe::test
