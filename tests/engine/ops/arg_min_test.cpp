#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> argMinCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "ArgMin",
         .attributes = {{"axis", int64_t{1}}},
         .inputs = {Tensor::of<float>({2, 3}, {1, 3, 3, 2, 0, 0})},
         .expected = {Tensor::of<int64_t>({2, 1}, {0, 1})}},
        {.name = "last_of_equals",
         .op = "ArgMin",
         .attributes = {{"axis", int64_t{1}}, {"keepdims", int64_t{0}}, {"select_last_index", int64_t{1}}},
         .inputs = {Tensor::of<float>({2, 3}, {1, 3, 3, 2, 0, 0})},
         .expected = {Tensor::of<int64_t>({2}, {0, 2})}},
        {.name = "unsigned",
         .op = "ArgMin",
         .inputs = {Tensor::of<uint8_t>({3}, {3, 200, 7})},
         .expected = {Tensor::of<int64_t>({1}, {0})}},
    };
}

namespace {

TEST(ArgMin, Cases) { checkCases(argMinCases()); }

TEST(ArgMin, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused(
        {.name = "r", .op = "ArgMin", .attributes = {{"axis", int64_t{3}}}, .inputs = {ramp({2, 2})}},
        "ArgMin \"r\": axis 3 is outside [-2, 2) of a tensor of rank 2");
}

}  // namespace
}  // namespace lathe::test
