#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> absCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Abs",
         .inputs = {Tensor::of<float>({3}, {-1.5f, 0, 2})},
         .expected = {Tensor::of<float>({3}, {1.5f, 0, 2})}},
        {.name = "integers_wrap",
         .op = "Abs",
         .inputs = {Tensor::of<int8_t>({3}, {-128, -3, 4})},
         .expected = {Tensor::of<int8_t>({3}, {-128, 3, 4})}},
        {.name = "half",
         .op = "Abs",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Abs",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Abs", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Abs, Cases) { checkCases(absCases()); }

TEST(Abs, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Abs", .inputs = {Tensor::of<std::string>({1}, {"a"})}},
                  "Abs \"r\": input 0 (X) has type string, expected one of");
}

}  // namespace
}  // namespace lathe::test
