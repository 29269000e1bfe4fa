#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> seluCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Selu",
         .inputs = {Tensor::of<float>({3}, {1, 0, -1})},
         .expected = {Tensor::of<float>({3}, {1.0507009873554805f, 0, -1.1113307378125625f})},
         .tolerance = 1e-06},
        {.name = "parameters",
         .op = "Selu",
         .attributes = {{"alpha", 2.0f}, {"gamma", 3.0f}},
         .inputs = {Tensor::of<float>({2}, {2, -1})},
         .expected = {Tensor::of<float>({2}, {6, -3.792723352971346f})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Selu",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Selu",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Selu", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Selu, Cases) { checkCases(seluCases()); }

TEST(Selu, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Selu", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Selu \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
