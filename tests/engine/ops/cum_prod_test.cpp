#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> cumProdCases() {
    using tensor::Tensor;
    return {
        // 1, 1*2, 1*2*3
        {.name = "by_hand",
         .op = "CumProd",
         .inputs = {Tensor::of<float>({3}, {1, 2, 3}), Tensor::scalar<int64_t>(0)},
         .expected = {Tensor::of<float>({3}, {1, 2, 6})},
         .constantInputs = {1}},
        // From the end without the element itself: 2*3, 3, 1
        {.name = "exclusive_reverse",
         .op = "CumProd",
         .attributes = {{"exclusive", int64_t{1}}, {"reverse", int64_t{1}}},
         .inputs = {Tensor::of<int64_t>({3}, {1, 2, 3}), Tensor::scalar<int32_t>(0)},
         .expected = {Tensor::of<int64_t>({3}, {6, 3, 1})}},
        {.name = "axis",
         .op = "CumProd",
         .inputs = {Tensor::of<double>({2, 2}, {1, 2, 3, 4}), Tensor::scalar<int64_t>(-1)},
         .expected = {Tensor::of<double>({2, 2}, {1, 2, 3, 12})}},
        {.name = "empty",
         .op = "CumProd",
         .inputs = {Tensor::of<float>({0, 2}, {}), Tensor::scalar<int64_t>(0)},
         .expected = {Tensor::of<float>({0, 2}, {})}},
    };
}

namespace {

TEST(CumProd, Cases) { checkCases(cumProdCases()); }

TEST(CumProd, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "CumProd",
                   .inputs = {ramp({2}), Tensor::scalar<int64_t>(1)},
                   .constantInputs = {1}},
                  "CumProd \"r\": axis 1 is outside [-1, 1)");
}

}  // namespace
}  // namespace lathe::test
