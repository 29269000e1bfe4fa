#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> hardSwishCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "HardSwish",
         .inputs = {Tensor::of<float>({4}, {-3, 0, 3, 1})},
         .expected = {Tensor::of<float>({4}, {0, 0, 3, 0.6666666666666666f})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "HardSwish",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "HardSwish",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "HardSwish", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(HardSwish, Cases) { checkCases(hardSwishCases()); }

TEST(HardSwish, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "HardSwish", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "HardSwish \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
