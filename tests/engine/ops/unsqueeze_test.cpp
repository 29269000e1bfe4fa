#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> unsqueezeCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Unsqueeze",
         .inputs = {ramp({2, 3}), Tensor::of<int64_t>({2}, {0, 3})},
         .expected = {ramp({1, 2, 3, 1})},
         .constantInputs = {1}},
        {.name = "negative",
         .op = "Unsqueeze",
         .inputs = {ramp({2, 3}), Tensor::of<int64_t>({1}, {-1})},
         .expected = {ramp({2, 3, 1})},
         .constantInputs = {1}},
        {.name = "scalar",
         .op = "Unsqueeze",
         .inputs = {Tensor::scalar<float>(5), Tensor::of<int64_t>({1}, {0})},
         .expected = {Tensor::of<float>({1}, {5})},
         .constantInputs = {1}},
    };
}

namespace {

TEST(Unsqueeze, Cases) { checkCases(unsqueezeCases()); }

TEST(Unsqueeze, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Unsqueeze",
                   .inputs = {ramp({2}), Tensor::of<int64_t>({1}, {3})},
                   .constantInputs = {1}},
                  "Unsqueeze \"r\": axis 3 is outside [-2, 2)");
}

}  // namespace
}  // namespace lathe::test
