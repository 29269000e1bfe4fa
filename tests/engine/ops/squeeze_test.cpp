#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> squeezeCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Squeeze",
         .inputs = {ramp({1, 3, 1}), Tensor::of<int64_t>({1}, {0})},
         .expected = {ramp({3, 1})},
         .constantInputs = {1}},
        {.name = "all", .op = "Squeeze", .inputs = {ramp({1, 3, 1})}, .expected = {ramp({3})}},
        {.name = "negative",
         .op = "Squeeze",
         .inputs = {ramp({1, 3, 1}), Tensor::of<int64_t>({1}, {-1})},
         .expected = {ramp({1, 3})},
         .constantInputs = {1}},
    };
}

namespace {

TEST(Squeeze, Cases) { checkCases(squeezeCases()); }

TEST(Squeeze, RefusesOtherDimensions) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Squeeze",
                   .inputs = {ramp({2, 3}), Tensor::of<int64_t>({1}, {0})},
                   .constantInputs = {1}},
                  "Squeeze \"r\": dimension 0 is 2, only 1 can be removed");
}

}  // namespace
}  // namespace lathe::test
