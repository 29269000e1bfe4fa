#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> logCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Log",
         .inputs = {Tensor::of<float>({4}, {1, 2.718281828459045f, 0, -1})},
         .expected = {Tensor::of<float>({4}, {0, 1, -INFINITY, NAN})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Log",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Log",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Log", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Log, Cases) { checkCases(logCases()); }

TEST(Log, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Log", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Log \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
