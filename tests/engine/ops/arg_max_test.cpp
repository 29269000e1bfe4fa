#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> argMaxCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "ArgMax",
         .attributes = {{"axis", int64_t{1}}},
         .inputs = {Tensor::of<float>({2, 3}, {1, 3, 3, 2, 0, 0})},
         .expected = {Tensor::of<int64_t>({2, 1}, {1, 0})}},
        {.name = "last_of_equals",
         .op = "ArgMax",
         .attributes = {{"axis", int64_t{1}}, {"keepdims", int64_t{0}}, {"select_last_index", int64_t{1}}},
         .inputs = {Tensor::of<float>({2, 3}, {1, 3, 3, 2, 0, 0})},
         .expected = {Tensor::of<int64_t>({2}, {2, 0})}},
        {.name = "unsigned",
         .op = "ArgMax",
         .inputs = {Tensor::of<uint8_t>({3}, {3, 200, 7})},
         .expected = {Tensor::of<int64_t>({1}, {1})}},
    };
}

namespace {

TEST(ArgMax, Cases) { checkCases(argMaxCases()); }

TEST(ArgMax, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused(
        {.name = "r", .op = "ArgMax", .attributes = {{"axis", int64_t{3}}}, .inputs = {ramp({2, 2})}},
        "ArgMax \"r\": axis 3 is outside [-2, 2) of a tensor of rank 2");
}

}  // namespace
}  // namespace lathe::test
