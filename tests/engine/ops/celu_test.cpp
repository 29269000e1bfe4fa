#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> celuCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Celu",
         .attributes = {{"alpha", 2.0f}},
         .inputs = {Tensor::of<float>({3}, {1, 0, -1})},
         .expected = {Tensor::of<float>({3}, {1, 0, -0.7869386805747332f})},
         .tolerance = 1e-06},
        {.name = "default",
         .op = "Celu",
         .inputs = {Tensor::of<float>({2}, {-1, 3})},
         .expected = {Tensor::of<float>({2}, {-0.6321205588285577f, 3})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Celu",
         .attributes = {{"alpha", 2.0f}},
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Celu",
         .attributes = {{"alpha", 2.0f}},
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Celu", .attributes = {{"alpha", 2.0f}}, .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Celu, Cases) { checkCases(celuCases()); }

TEST(Celu, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Celu", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Celu \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
