#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> padCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Pad",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({4}, {0, 1, 0, 0}),
                    Tensor::scalar<float>(9)},
         .expected = {Tensor::of<float>({2, 3}, {9, 1, 2, 9, 3, 4})},
         .constantInputs = {1}},
        {.name = "reflect",
         .op = "Pad",
         .attributes = {{"mode", std::string("reflect")}},
         .inputs = {Tensor::of<float>({3}, {1, 2, 3}), Tensor::of<int64_t>({2}, {2, 1})},
         .expected = {Tensor::of<float>({6}, {3, 2, 1, 2, 3, 2})},
         .constantInputs = {1}},
        {.name = "edge",
         .op = "Pad",
         .attributes = {{"mode", std::string("edge")}},
         .inputs = {Tensor::of<float>({3}, {1, 2, 3}), Tensor::of<int64_t>({2}, {2, 1})},
         .expected = {Tensor::of<float>({6}, {1, 1, 1, 2, 3, 3})},
         .constantInputs = {1}},
        {.name = "wrap",
         .op = "Pad",
         .attributes = {{"mode", std::string("wrap")}},
         .inputs = {Tensor::of<float>({3}, {1, 2, 3}), Tensor::of<int64_t>({2}, {2, 1})},
         .expected = {Tensor::of<float>({6}, {2, 3, 1, 2, 3, 1})},
         .constantInputs = {1}},
        {.name = "cuts_off",
         .op = "Pad",
         .inputs = {Tensor::of<float>({3}, {1, 2, 3}), Tensor::of<int64_t>({2}, {-1, 1})},
         .expected = {Tensor::of<float>({3}, {2, 3, 0})},
         .constantInputs = {1}},
        {.name = "axes",
         .op = "Pad",
         .inputs = {Tensor::of<float>({1, 2}, {1, 2}), Tensor::of<int64_t>({2}, {1, 0}), std::nullopt,
                    Tensor::of<int64_t>({1}, {1})},
         .expected = {Tensor::of<float>({1, 3}, {0, 1, 2})},
         .constantInputs = {1, 3}},
    };
}

namespace {

TEST(Pad, Cases) { checkCases(padCases()); }

TEST(Pad, RefusesOtherCounts) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Pad",
                   .inputs = {ramp({2, 2}), Tensor::of<int64_t>({2}, {1, 1})},
                   .constantInputs = {1}},
                  "Pad \"r\": pads has 2 items, expected 4 for 2 axes");
}

}  // namespace
}  // namespace lathe::test
