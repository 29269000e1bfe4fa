#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> cumSumCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "CumSum",
         .inputs = {Tensor::of<float>({3}, {1, 2, 3}), Tensor::scalar<int64_t>(0)},
         .expected = {Tensor::of<float>({3}, {1, 3, 6})},
         .constantInputs = {1}},
        {.name = "exclusive_reverse",
         .op = "CumSum",
         .attributes = {{"exclusive", int64_t{1}}, {"reverse", int64_t{1}}},
         .inputs = {Tensor::of<int64_t>({3}, {1, 2, 3}), Tensor::scalar<int32_t>(0)},
         .expected = {Tensor::of<int64_t>({3}, {5, 3, 0})}},
        {.name = "axis",
         .op = "CumSum",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::scalar<int64_t>(-1)},
         .expected = {Tensor::of<float>({2, 2}, {1, 3, 3, 7})}},
    };
}

namespace {

TEST(CumSum, Cases) { checkCases(cumSumCases()); }

TEST(CumSum, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "CumSum",
                   .inputs = {ramp({2}), Tensor::scalar<int64_t>(1)},
                   .constantInputs = {1}},
                  "CumSum \"r\": axis 1 is outside [-1, 1)");
}

}  // namespace
}  // namespace lathe::test
