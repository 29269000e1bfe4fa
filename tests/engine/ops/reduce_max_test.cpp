#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> reduceMaxCases() {
    using tensor::Tensor;
    return {
        {.name = "axis",
         .op = "ReduceMax",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {2, 4})},
         .tolerance = 1e-06,
         .constantInputs = {1}},
        {.name = "all",
         .op = "ReduceMax",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4})},
         .expected = {Tensor::of<float>({1, 1}, {4})},
         .tolerance = 1e-06},
        {.name = "drops_axes",
         .op = "ReduceMax",
         .attributes = {{"keepdims", int64_t{0}}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {-1})},
         .expected = {Tensor::of<float>({2}, {2, 4})},
         .tolerance = 1e-06,
         .constantInputs = {1}},
        {.name = "axes_at_the_run",
         .op = "ReduceMax",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {2, 4})},
         .tolerance = 1e-06},
        {.name = "over_nothing",
         .op = "ReduceMax",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{2, 0}),
                    Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {-INFINITY, -INFINITY})},
         .constantInputs = {1}},
        {.name = "nan_wins",
         .op = "ReduceMax",
         .inputs = {Tensor::of<float>({3}, {1, NAN, 3})},
         .expected = {Tensor::of<float>({1}, {NAN})}},
        {.name = "bools",
         .op = "ReduceMax",
         .inputs = {Tensor::of<bool>({2, 2}, {true, false, false, false}), Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<bool>({2, 1}, {true, false})},
         .constantInputs = {1}},
    };
}

namespace {

TEST(ReduceMax, Cases) { checkCases(reduceMaxCases()); }

TEST(ReduceMax, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ReduceMax",
                   .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {2})},
                   .constantInputs = {1}},
                  "ReduceMax \"r\": axis 2 is outside [-2, 2) of a tensor of rank 2");
}

TEST(ReduceMax, RefusesAnAxisGivenTwice) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ReduceMax",
                   .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({2}, {1, -1})},
                   .constantInputs = {1}},
                  "ReduceMax \"r\": axis -1 is given twice");
}

}  // namespace
}  // namespace lathe::test
