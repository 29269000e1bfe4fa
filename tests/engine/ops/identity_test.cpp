#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> identityCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Identity",
         .inputs = {Tensor::of<float>({2}, {1, 2})},
         .expected = {Tensor::of<float>({2}, {1, 2})}},
        {.name = "strings",
         .op = "Identity",
         .inputs = {Tensor::of<std::string>({1}, {"a"})},
         .expected = {Tensor::of<std::string>({1}, {"a"})}},
    };
}

namespace {

TEST(Identity, Cases) { checkCases(identityCases()); }

TEST(Identity, RefusesMoreInputs) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Identity", .inputs = {ramp({2}), ramp({2})}}, "Identity \"r\":");
}

}  // namespace
}  // namespace lathe::test
