#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> splitCases() {
    using tensor::Tensor;
    return {
        {.name = "sizes",
         .op = "Split",
         .inputs = {Tensor::of<float>({5}, {1, 2, 3, 4, 5}), Tensor::of<int64_t>({2}, {2, 3})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({2}, {1, 2}), Tensor::of<float>({3}, {3, 4, 5})},
         .constantInputs = {1}},
        {.name = "equal",
         .op = "Split",
         .attributes = {{"axis", int64_t{1}}, {"num_outputs", int64_t{2}}},
         .inputs = {Tensor::of<float>({2, 4}, {1, 2, 3, 4, 5, 6, 7, 8})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({2, 2}, {1, 2, 5, 6}), Tensor::of<float>({2, 2}, {3, 4, 7, 8})}},
        {.name = "last_is_smaller",
         .op = "Split",
         .attributes = {{"num_outputs", int64_t{2}}},
         .inputs = {Tensor::of<float>({5}, {1, 2, 3, 4, 5})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({3}, {1, 2, 3}), Tensor::of<float>({2}, {4, 5})}},
    };
}

namespace {

TEST(Split, Cases) { checkCases(splitCases()); }

TEST(Split, RefusesOtherSums) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Split",
                   .inputs = {Tensor::of<float>({5}, {1, 2, 3, 4, 5}), Tensor::of<int64_t>({2}, {2, 2})},
                   .outputCount = 2,
                   .constantInputs = {1}},
                  "Split \"r\": split sizes add up to 4, axis 0 has 5");
}

}  // namespace
}  // namespace lathe::test
