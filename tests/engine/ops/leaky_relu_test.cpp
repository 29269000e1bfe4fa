#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> leakyReluCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "LeakyRelu",
         .inputs = {Tensor::of<float>({3}, {-2, 0, 3})},
         .expected = {Tensor::of<float>({3}, {-0.02f, 0, 3})},
         .tolerance = 1e-06},
        {.name = "slope",
         .op = "LeakyRelu",
         .attributes = {{"alpha", 0.25f}},
         .inputs = {Tensor::of<float>({2}, {-2, 3})},
         .expected = {Tensor::of<float>({2}, {-0.5f, 3})}},
        {.name = "half",
         .op = "LeakyRelu",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "LeakyRelu",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "LeakyRelu", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(LeakyRelu, Cases) { checkCases(leakyReluCases()); }

TEST(LeakyRelu, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "LeakyRelu", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "LeakyRelu \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
