#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> sinhCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Sinh",
         .inputs = {Tensor::of<float>({3}, {0, 1, -1})},
         .expected = {Tensor::of<float>({3}, {0, 1.1752011936438014f, -1.1752011936438014f})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Sinh",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Sinh",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Sinh", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Sinh, Cases) { checkCases(sinhCases()); }

TEST(Sinh, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Sinh", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Sinh \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
