#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> coshCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Cosh",
         .inputs = {Tensor::of<float>({3}, {0, 1, -1})},
         .expected = {Tensor::of<float>({3}, {1, 1.5430806348152437f, 1.5430806348152437f})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Cosh",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Cosh",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Cosh", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Cosh, Cases) { checkCases(coshCases()); }

TEST(Cosh, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Cosh", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Cosh \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
