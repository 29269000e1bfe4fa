#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> hardmaxCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Hardmax",
         .inputs = {Tensor::of<float>({2, 3}, {1, 3, 3, 2, 1, 0})},
         .expected = {Tensor::of<float>({2, 3}, {0, 1, 0, 1, 0, 0})}},
        {.name = "axis",
         .op = "Hardmax",
         .attributes = {{"axis", int64_t{0}}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 0})},
         .expected = {Tensor::of<float>({2, 2}, {0, 1, 1, 0})}},
    };
}

namespace {

TEST(Hardmax, Cases) { checkCases(hardmaxCases()); }

TEST(Hardmax, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused(
        {.name = "r", .op = "Hardmax", .attributes = {{"axis", int64_t{3}}}, .inputs = {ramp({2, 2})}},
        "Hardmax \"r\": axis 3 is outside [-2, 2) of a tensor of rank 2");
}

}  // namespace
}  // namespace lathe::test
