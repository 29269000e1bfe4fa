#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> softsignCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Softsign",
         .inputs = {Tensor::of<float>({3}, {0, 1, -3})},
         .expected = {Tensor::of<float>({3}, {0, 0.5f, -0.75f})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Softsign",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Softsign",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Softsign", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Softsign, Cases) { checkCases(softsignCases()); }

TEST(Softsign, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Softsign", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Softsign \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
