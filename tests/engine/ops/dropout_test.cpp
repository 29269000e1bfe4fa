#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> dropoutCases() {
    using tensor::Tensor;
    return {
        {.name = "inference",
         .op = "Dropout",
         .inputs = {Tensor::of<float>({2}, {1, 2}), Tensor::scalar<float>(0.5f)},
         .outputCount = 2,
         .expected = {Tensor::of<float>({2}, {1, 2}), Tensor::of<bool>({2}, {true, true})}},
        {.name = "ratio_0",
         .op = "Dropout",
         .inputs = {Tensor::of<float>({2}, {1, 2}), Tensor::scalar<float>(0), Tensor::scalar<bool>(true)},
         .outputCount = 2,
         .expected = {Tensor::of<float>({2}, {1, 2}), Tensor::of<bool>({2}, {true, true})}},
        {.name = "training",
         .op = "Dropout",
         .attributes = {{"seed", int64_t{3}}},
         .inputs = {ramp({10, 10}), Tensor::scalar<float>(0.5f), Tensor::scalar<bool>(true)},
         .outputCount = 2},
    };
}

namespace {

TEST(Dropout, Cases) { checkCases(dropoutCases()); }

TEST(Dropout, RefusesARatioOfOne) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Dropout",
                   .inputs = {ramp({2}), Tensor::scalar<float>(1), Tensor::scalar<bool>(true)}},
                  "Dropout \"r\": ratio is 1, expected from 0 to below 1");
}

}  // namespace
}  // namespace lathe::test
