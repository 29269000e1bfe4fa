#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> softplusCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Softplus",
         .inputs = {Tensor::of<float>({4}, {0, 1, -100, 1000})},
         .expected = {Tensor::of<float>(
             {4}, {0.6931471805599453f, 1.3132616875182228f, 3.783505853677006e-44f, 1000})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Softplus",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Softplus",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Softplus", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Softplus, Cases) { checkCases(softplusCases()); }

TEST(Softplus, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Softplus", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Softplus \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
