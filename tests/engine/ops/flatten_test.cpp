#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> flattenCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand", .op = "Flatten", .inputs = {ramp({2, 3, 4})}},
        {.name = "values",
         .op = "Flatten",
         .inputs = {Tensor::of<float>({2, 1, 2}, {1, 2, 3, 4})},
         .expected = {Tensor::of<float>({2, 2}, {1, 2, 3, 4})}},
        {.name = "axis_0",
         .op = "Flatten",
         .attributes = {{"axis", int64_t{0}}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4})},
         .expected = {Tensor::of<float>({1, 4}, {1, 2, 3, 4})}},
        {.name = "axis_at_the_rank",
         .op = "Flatten",
         .attributes = {{"axis", int64_t{2}}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4})},
         .expected = {Tensor::of<float>({4, 1}, {1, 2, 3, 4})}},
        {.name = "scalar",
         .op = "Flatten",
         .attributes = {{"axis", int64_t{0}}},
         .inputs = {Tensor::scalar<float>(5)},
         .expected = {Tensor::of<float>({1, 1}, {5})}},
    };
}

namespace {

TEST(Flatten, Cases) { checkCases(flattenCases()); }

TEST(Flatten, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused(
        {.name = "r", .op = "Flatten", .attributes = {{"axis", int64_t{3}}}, .inputs = {ramp({2, 2})}},
        "Flatten \"r\": axis 3 is outside [-2, 2] of a tensor of rank 2");
}

}  // namespace
}  // namespace lathe::test
