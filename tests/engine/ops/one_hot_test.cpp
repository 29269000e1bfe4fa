#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> oneHotCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "OneHot",
         .inputs = {Tensor::of<int64_t>({2}, {0, -1}), Tensor::scalar<int64_t>(3),
                    Tensor::of<float>({2}, {0, 1})},
         .expected = {Tensor::of<float>({2, 3}, {1, 0, 0, 0, 0, 1})},
         .constantInputs = {1}},
        {.name = "axis_and_outside",
         .op = "OneHot",
         .attributes = {{"axis", int64_t{0}}},
         .inputs = {Tensor::of<int64_t>({2}, {1, 7}), Tensor::of<int64_t>({1}, {2}),
                    Tensor::of<int64_t>({2}, {5, 9})},
         .expected = {Tensor::of<int64_t>({2, 2}, {5, 5, 9, 5})}},
    };
}

namespace {

TEST(OneHot, Cases) { checkCases(oneHotCases()); }

TEST(OneHot, RefusesOtherValues) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "OneHot",
                   .inputs = {Tensor::of<int64_t>({1}, {0}), Tensor::scalar<int64_t>(3),
                              Tensor::of<float>({3}, {0, 1, 2})}},
                  "OneHot \"r\": values have 3 elements, expected 2");
}

}  // namespace
}  // namespace lathe::test
