#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> notCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Not",
         .inputs = {Tensor::of<bool>({2}, {true, false})},
         .expected = {Tensor::of<bool>({2}, {false, true})}},
        {.name = "matrix",
         .op = "Not",
         .inputs = {Tensor::of<bool>({1, 2}, {false, false})},
         .expected = {Tensor::of<bool>({1, 2}, {true, true})}},
    };
}

namespace {

TEST(Not, Cases) { checkCases(notCases()); }

TEST(Not, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Not", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Not \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
