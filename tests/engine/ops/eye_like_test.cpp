#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> eyeLikeCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "EyeLike",
         .inputs = {ramp({2, 3})},
         .expected = {Tensor::of<float>({2, 3}, {1, 0, 0, 0, 1, 0})}},
        {.name = "diagonal",
         .op = "EyeLike",
         .attributes = {{"k", int64_t{1}}, {"dtype", int64_t{6}}},
         .inputs = {ramp({2, 3})},
         .expected = {Tensor::of<int32_t>({2, 3}, {0, 1, 0, 0, 0, 1})}},
    };
}

namespace {

TEST(EyeLike, Cases) { checkCases(eyeLikeCases()); }

TEST(EyeLike, RefusesOtherRanks) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "EyeLike", .inputs = {ramp({3})}},
                  "EyeLike \"r\": the input has rank 1, expected 2");
}

}  // namespace
}  // namespace lathe::test
