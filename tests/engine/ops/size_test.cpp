#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> sizeCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Size",
         .inputs = {ramp({2, 3, 4})},
         .expected = {Tensor::scalar<int64_t>(24)}},
        {.name = "empty",
         .op = "Size",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::scalar<int64_t>(0)}},
        {.name = "strings",
         .op = "Size",
         .inputs = {Tensor::of<std::string>({2}, {"a", "b"})},
         .expected = {Tensor::scalar<int64_t>(2)}},
    };
}

namespace {

TEST(Size, Cases) { checkCases(sizeCases()); }

TEST(Size, RefusesMoreInputs) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Size", .inputs = {ramp({2}), ramp({2})}}, "Size \"r\":");
}

}  // namespace
}  // namespace lathe::test
