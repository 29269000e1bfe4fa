#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> tileCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Tile",
         .inputs = {Tensor::of<float>({1, 2}, {1, 2}), Tensor::of<int64_t>({2}, {2, 2})},
         .expected = {Tensor::of<float>({2, 4}, {1, 2, 1, 2, 1, 2, 1, 2})},
         .constantInputs = {1}},
        {.name = "first_axis",
         .op = "Tile",
         .inputs = {Tensor::of<float>({2, 1}, {1, 2}), Tensor::of<int64_t>({2}, {2, 1})},
         .expected = {Tensor::of<float>({4, 1}, {1, 2, 1, 2})},
         .constantInputs = {1}},
        {.name = "zero_times",
         .op = "Tile",
         .inputs = {Tensor::of<float>({2}, {1, 2}), Tensor::of<int64_t>({1}, {0})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0})},
         .constantInputs = {1}},
    };
}

namespace {

TEST(Tile, Cases) { checkCases(tileCases()); }

TEST(Tile, RefusesOtherRanks) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Tile",
                   .inputs = {ramp({2, 3}), Tensor::of<int64_t>({1}, {2})},
                   .constantInputs = {1}},
                  "Tile \"r\": repeats has 1 items, the input has rank 2");
}

}  // namespace
}  // namespace lathe::test
