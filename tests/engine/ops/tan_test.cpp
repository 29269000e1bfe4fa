#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> tanCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Tan",
         .inputs = {Tensor::of<float>({3}, {0, 1, -1})},
         .expected = {Tensor::of<float>({3}, {0, 1.5574077246549023f, -1.5574077246549023f})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Tan",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Tan",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Tan", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Tan, Cases) { checkCases(tanCases()); }

TEST(Tan, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Tan", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Tan \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
