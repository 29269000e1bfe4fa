#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> sinCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Sin",
         .inputs = {Tensor::of<float>({3}, {0, 1.5707963267948966f, 1})},
         .expected = {Tensor::of<float>({3}, {0, 1, 0.8414709848078965f})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Sin",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Sin",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Sin", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Sin, Cases) { checkCases(sinCases()); }

TEST(Sin, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Sin", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Sin \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
