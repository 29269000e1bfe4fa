#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> reduceMeanCases() {
    using tensor::Tensor;
    return {
        {.name = "axis",
         .op = "ReduceMean",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {1.5f, 3.5f})},
         .tolerance = 1e-06,
         .constantInputs = {1}},
        {.name = "all",
         .op = "ReduceMean",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4})},
         .expected = {Tensor::of<float>({1, 1}, {2.5f})},
         .tolerance = 1e-06},
        {.name = "drops_axes",
         .op = "ReduceMean",
         .attributes = {{"keepdims", int64_t{0}}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {-1})},
         .expected = {Tensor::of<float>({2}, {1.5f, 3.5f})},
         .tolerance = 1e-06,
         .constantInputs = {1}},
        {.name = "axes_at_the_run",
         .op = "ReduceMean",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {1.5f, 3.5f})},
         .tolerance = 1e-06},
        {.name = "over_nothing",
         .op = "ReduceMean",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{2, 0}),
                    Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({2, 1}, {NAN, NAN})},
         .constantInputs = {1}},
        {.name = "integers_truncate",
         .op = "ReduceMean",
         .inputs = {Tensor::of<int32_t>({2}, {1, 2})},
         .expected = {Tensor::of<int32_t>({1}, {1})}},
    };
}

namespace {

TEST(ReduceMean, Cases) { checkCases(reduceMeanCases()); }

TEST(ReduceMean, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ReduceMean",
                   .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {2})},
                   .constantInputs = {1}},
                  "ReduceMean \"r\": axis 2 is outside [-2, 2) of a tensor of rank 2");
}

TEST(ReduceMean, RefusesAnAxisGivenTwice) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ReduceMean",
                   .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({2}, {1, -1})},
                   .constantInputs = {1}},
                  "ReduceMean \"r\": axis -1 is given twice");
}

}  // namespace
}  // namespace lathe::test
