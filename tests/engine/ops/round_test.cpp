#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> roundCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Round",
         .inputs = {Tensor::of<float>({6}, {0.5f, 1.5f, 2.5f, -0.5f, -1.5f, 1.4f})},
         .expected = {Tensor::of<float>({6}, {0, 2, 2, 0, -2, 1})}},
        {.name = "half",
         .op = "Round",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Round",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Round", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Round, Cases) { checkCases(roundCases()); }

TEST(Round, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Round", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Round \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
