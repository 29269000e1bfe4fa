#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> eluCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Elu",
         .attributes = {{"alpha", 2.0f}},
         .inputs = {Tensor::of<float>({3}, {1, 0, -1})},
         .expected = {Tensor::of<float>({3}, {1, 0, -1.2642411176571153f})},
         .tolerance = 1e-06},
        {.name = "default",
         .op = "Elu",
         .inputs = {Tensor::of<float>({2}, {-1, 3})},
         .expected = {Tensor::of<float>({2}, {-0.6321205588285577f, 3})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Elu",
         .attributes = {{"alpha", 2.0f}},
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Elu",
         .attributes = {{"alpha", 2.0f}},
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Elu", .attributes = {{"alpha", 2.0f}}, .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Elu, Cases) { checkCases(eluCases()); }

TEST(Elu, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Elu", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Elu \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
