#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> nonZeroCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "NonZero",
         .inputs = {Tensor::of<float>({2, 2}, {1, 0, 1, 1})},
         .expected = {Tensor::of<int64_t>({2, 3}, {0, 1, 1, 0, 0, 1})}},
        {.name = "bools",
         .op = "NonZero",
         .inputs = {Tensor::of<bool>({2}, {false, true})},
         .expected = {Tensor::of<int64_t>({1, 1}, {1})}},
        {.name = "none",
         .op = "NonZero",
         .inputs = {Tensor::of<float>({2}, {0, 0})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<int64_t>(), tensor::Shape{1, 0})}},
    };
}

namespace {

TEST(NonZero, Cases) { checkCases(nonZeroCases()); }

TEST(NonZero, RefusesComplexNumbers) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "NonZero",
                   .inputs = {Tensor::zeros(tensor::DataType::complex64, tensor::Shape{1})}},
                  "NonZero \"r\": input 0 (X) has type complex64");
}

}  // namespace
}  // namespace lathe::test
