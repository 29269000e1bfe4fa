#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> gatherElementsCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "GatherElements",
         .attributes = {{"axis", int64_t{1}}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({2, 2}, {0, 0, 1, 0})},
         .expected = {Tensor::of<float>({2, 2}, {1, 1, 4, 3})}},
        {.name = "negative",
         .op = "GatherElements",
         .inputs = {Tensor::of<float>({3}, {1, 2, 3}), Tensor::of<int64_t>({2}, {-1, -3})},
         .expected = {Tensor::of<float>({2}, {3, 1})}},
    };
}

namespace {

TEST(GatherElements, Cases) { checkCases(gatherElementsCases()); }

TEST(GatherElements, RefusesAnIndexOutside) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "GatherElements",
                   .inputs = {Tensor::of<float>({2}, {1, 2}), Tensor::of<int64_t>({1}, {2})}},
                  "GatherElements \"r\": index 2 is outside [-2, 2)");
}

TEST(GatherElements, RefusesOtherRanks) {
    using tensor::Tensor;
    expectRefused(
        {.name = "r", .op = "GatherElements", .inputs = {ramp({2, 2}), Tensor::of<int64_t>({1}, {1})}},
        "GatherElements \"r\": indices have rank 1, the data have 2");
}

}  // namespace
}  // namespace lathe::test
