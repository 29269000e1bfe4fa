#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> reshapeCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Reshape",
         .inputs = {Tensor::of<float>({2, 3}, {1, 2, 3, 4, 5, 6}), Tensor::of<int64_t>({2}, {3, 2})},
         .expected = {Tensor::of<float>({3, 2}, {1, 2, 3, 4, 5, 6})},
         .constantInputs = {1}},
        {.name = "copies_and_infers",
         .op = "Reshape",
         .inputs = {ramp({2, 3, 4}), Tensor::of<int64_t>({2}, {0, -1})},
         .expected = {ramp({2, 12})},
         .constantInputs = {1}},
        {.name = "empty",
         .op = "Reshape",
         .attributes = {{"allowzero", int64_t{1}}},
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3}),
                    Tensor::of<int64_t>({2}, {3, 0})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{3, 0})},
         .constantInputs = {1}},
        {.name = "scalar",
         .op = "Reshape",
         .inputs = {Tensor::of<float>({1}, {2}),
                    Tensor::zeros(tensor::dataTypeOf<int64_t>(), tensor::Shape{0})},
         .expected = {Tensor::scalar<float>(2)},
         .constantInputs = {1}},
        {.name = "shape_at_the_run",
         .op = "Reshape",
         .inputs = {ramp({2, 3}), Tensor::of<int64_t>({1}, {6})},
         .expected = {ramp({6})}},
    };
}

namespace {

TEST(Reshape, Cases) { checkCases(reshapeCases()); }

TEST(Reshape, RefusesOtherCounts) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Reshape",
                   .inputs = {ramp({2, 3}), Tensor::of<int64_t>({1}, {5})},
                   .constantInputs = {1}},
                  "Reshape \"r\": 6 elements of shape [2, 3] do not fit shape [5]");
}

TEST(Reshape, RefusesTwoOpenDimensions) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Reshape",
                   .inputs = {ramp({2, 3}), Tensor::of<int64_t>({2}, {-1, -1})},
                   .constantInputs = {1}},
                  "Reshape \"r\": the shape has more than one -1");
}

}  // namespace
}  // namespace lathe::test
