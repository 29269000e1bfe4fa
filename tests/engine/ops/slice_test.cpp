#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> sliceCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Slice",
         .inputs = {Tensor::of<float>({2, 4}, {1, 2, 3, 4, 5, 6, 7, 8}), Tensor::of<int64_t>({2}, {1, 0}),
                    Tensor::of<int64_t>({2}, {2, 3}), Tensor::of<int64_t>({2}, {0, 1}),
                    Tensor::of<int64_t>({2}, {1, 2})},
         .expected = {Tensor::of<float>({1, 2}, {5, 7})},
         .constantInputs = {1, 2, 3, 4}},
        {.name = "from_the_end",
         .op = "Slice",
         .inputs = {Tensor::of<float>({5}, {1, 2, 3, 4, 5}), Tensor::of<int64_t>({1}, {-2}),
                    Tensor::of<int64_t>({1}, {1000})},
         .expected = {Tensor::of<float>({2}, {4, 5})},
         .constantInputs = {1, 2}},
        {.name = "backwards",
         .op = "Slice",
         .inputs = {Tensor::of<float>({5}, {1, 2, 3, 4, 5}), Tensor::of<int64_t>({1}, {-1}),
                    Tensor::of<int64_t>({1}, {-1000}), Tensor::of<int64_t>({1}, {0}),
                    Tensor::of<int64_t>({1}, {-2})},
         .expected = {Tensor::of<float>({3}, {5, 3, 1})},
         .constantInputs = {1, 2, 3, 4}},
        {.name = "nothing",
         .op = "Slice",
         .inputs = {Tensor::of<float>({5}, {1, 2, 3, 4, 5}), Tensor::of<int64_t>({1}, {3}),
                    Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0})},
         .constantInputs = {1, 2}},
        {.name = "empty_input_backwards",
         .op = "Slice",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0}),
                    Tensor::of<int64_t>({1}, {-1}), Tensor::of<int64_t>({1}, {-100}),
                    Tensor::of<int64_t>({1}, {0}), Tensor::of<int64_t>({1}, {-1})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0})},
         .constantInputs = {1, 2, 3, 4}},
        {.name = "bounds_at_the_run",
         .op = "Slice",
         .inputs = {Tensor::of<float>({5}, {1, 2, 3, 4, 5}), Tensor::of<int64_t>({1}, {1}),
                    Tensor::of<int64_t>({1}, {3})},
         .expected = {Tensor::of<float>({2}, {2, 3})}},
        {.name = "smallest_step",
         .op = "Slice",
         .inputs = {Tensor::of<float>({5}, {1, 2, 3, 4, 5}), Tensor::of<int64_t>({1}, {4}),
                    Tensor::of<int64_t>({1}, {INT64_MIN}), Tensor::of<int64_t>({1}, {0}),
                    Tensor::of<int64_t>({1}, {INT64_MIN})},
         .expected = {Tensor::of<float>({1}, {5})},
         .constantInputs = {1, 2, 3, 4}},
    };
}

namespace {

TEST(Slice, Cases) { checkCases(sliceCases()); }

TEST(Slice, RefusesAStepOfZero) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Slice",
                   .inputs = {Tensor::of<float>({5}, {1, 2, 3, 4, 5}), Tensor::of<int64_t>({1}, {0}),
                              Tensor::of<int64_t>({1}, {1}), Tensor::of<int64_t>({1}, {0}),
                              Tensor::of<int64_t>({1}, {0})},
                   .constantInputs = {1, 2, 3, 4}},
                  "Slice \"r\": the step of axis 0 is 0");
}

TEST(Slice, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Slice",
                   .inputs = {Tensor::of<float>({5}, {1, 2, 3, 4, 5}), Tensor::of<int64_t>({1}, {0}),
                              Tensor::of<int64_t>({1}, {1}), Tensor::of<int64_t>({1}, {1})},
                   .constantInputs = {1, 2, 3}},
                  "Slice \"r\": axis 1 is outside [-1, 1)");
}

}  // namespace
}  // namespace lathe::test
