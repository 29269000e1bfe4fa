#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> reduceL2Cases() {
    using tensor::Tensor;
    return {
        {.name = "axis",
         .op = "ReduceL2",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {2.23606797749979f, 5})},
         .tolerance = 1e-06,
         .constantInputs = {1}},
        {.name = "all",
         .op = "ReduceL2",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4})},
         .expected = {Tensor::of<float>({1, 1}, {5.477225575051661f})},
         .tolerance = 1e-06},
        {.name = "drops_axes",
         .op = "ReduceL2",
         .attributes = {{"keepdims", int64_t{0}}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {-1})},
         .expected = {Tensor::of<float>({2}, {2.23606797749979f, 5})},
         .tolerance = 1e-06,
         .constantInputs = {1}},
        {.name = "axes_at_the_run",
         .op = "ReduceL2",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {2.23606797749979f, 5})},
         .tolerance = 1e-06},
        {.name = "over_nothing",
         .op = "ReduceL2",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{2, 0}),
                    Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {0, 0})},
         .constantInputs = {1}},
    };
}

namespace {

TEST(ReduceL2, Cases) { checkCases(reduceL2Cases()); }

TEST(ReduceL2, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ReduceL2",
                   .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {2})},
                   .constantInputs = {1}},
                  "ReduceL2 \"r\": axis 2 is outside [-2, 2) of a tensor of rank 2");
}

TEST(ReduceL2, RefusesAnAxisGivenTwice) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ReduceL2",
                   .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({2}, {1, -1})},
                   .constantInputs = {1}},
                  "ReduceL2 \"r\": axis -1 is given twice");
}

}  // namespace
}  // namespace lathe::test
