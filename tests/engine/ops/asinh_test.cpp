#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> asinhCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Asinh",
         .inputs = {Tensor::of<float>({3}, {0, 1, -1})},
         .expected = {Tensor::of<float>({3}, {0, 0.881373587019543f, -0.881373587019543f})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Asinh",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Asinh",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Asinh", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Asinh, Cases) { checkCases(asinhCases()); }

TEST(Asinh, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Asinh", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Asinh \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
