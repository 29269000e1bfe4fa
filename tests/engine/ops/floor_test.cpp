#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> floorCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Floor",
         .inputs = {Tensor::of<float>({4}, {1.2f, -1.2f, 2, NAN})},
         .expected = {Tensor::of<float>({4}, {1, -2, 2, NAN})}},
        {.name = "half",
         .op = "Floor",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Floor",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Floor", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Floor, Cases) { checkCases(floorCases()); }

TEST(Floor, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Floor", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Floor \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
