#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> reduceLogSumExpCases() {
    using tensor::Tensor;
    return {
        {.name = "axis",
         .op = "ReduceLogSumExp",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {2.3132616875182226f, 4.313261687518223f})},
         .tolerance = 1e-06,
         .constantInputs = {1}},
        {.name = "all",
         .op = "ReduceLogSumExp",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4})},
         .expected = {Tensor::of<float>({1, 1}, {4.440189698561196f})},
         .tolerance = 1e-06},
        {.name = "drops_axes",
         .op = "ReduceLogSumExp",
         .attributes = {{"keepdims", int64_t{0}}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {-1})},
         .expected = {Tensor::of<float>({2}, {2.3132616875182226f, 4.313261687518223f})},
         .tolerance = 1e-06,
         .constantInputs = {1}},
        {.name = "axes_at_the_run",
         .op = "ReduceLogSumExp",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {2.3132616875182226f, 4.313261687518223f})},
         .tolerance = 1e-06},
        {.name = "over_nothing",
         .op = "ReduceLogSumExp",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{2, 0}),
                    Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {-INFINITY, -INFINITY})},
         .constantInputs = {1}},
        {.name = "large",
         .op = "ReduceLogSumExp",
         .inputs = {Tensor::of<float>({2}, {1000, 1000})},
         .expected = {Tensor::of<float>({1}, {1000.6931471805599f})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(ReduceLogSumExp, Cases) { checkCases(reduceLogSumExpCases()); }

TEST(ReduceLogSumExp, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ReduceLogSumExp",
                   .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {2})},
                   .constantInputs = {1}},
                  "ReduceLogSumExp \"r\": axis 2 is outside [-2, 2) of a tensor of rank 2");
}

TEST(ReduceLogSumExp, RefusesAnAxisGivenTwice) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ReduceLogSumExp",
                   .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({2}, {1, -1})},
                   .constantInputs = {1}},
                  "ReduceLogSumExp \"r\": axis -1 is given twice");
}

}  // namespace
}  // namespace lathe::test
