#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> isInfCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "IsInf",
         .inputs = {Tensor::of<float>({4}, {NAN, 1, INFINITY, -INFINITY})},
         .expected = {Tensor::of<bool>({4}, {false, false, true, true})}},
        {.name = "positive_only",
         .op = "IsInf",
         .attributes = {{"detect_negative", int64_t{0}}},
         .inputs = {Tensor::of<float>({2}, {INFINITY, -INFINITY})},
         .expected = {Tensor::of<bool>({2}, {true, false})}},
        {.name = "negative_only",
         .op = "IsInf",
         .attributes = {{"detect_positive", int64_t{0}}},
         .inputs = {Tensor::of<float>({2}, {INFINITY, -INFINITY})},
         .expected = {Tensor::of<bool>({2}, {false, true})}},
    };
}

namespace {

TEST(IsInf, Cases) { checkCases(isInfCases()); }

TEST(IsInf, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "IsInf", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "IsInf \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
