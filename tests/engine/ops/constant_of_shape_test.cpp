#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> constantOfShapeCases() {
    using tensor::Tensor;
    return {
        {.name = "zeros",
         .op = "ConstantOfShape",
         .inputs = {Tensor::of<int64_t>({2}, {2, 3})},
         .expected = {Tensor::of<float>({2, 3}, {0, 0, 0, 0, 0, 0})},
         .constantInputs = {0}},
        {.name = "value",
         .op = "ConstantOfShape",
         .attributes = {{"value", Tensor::of<int64_t>({1}, {7})}},
         .inputs = {Tensor::of<int64_t>({1}, {2})},
         .expected = {Tensor::of<int64_t>({2}, {7, 7})}},
        {.name = "scalar",
         .op = "ConstantOfShape",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<int64_t>(), tensor::Shape{0})},
         .expected = {Tensor::scalar<float>(0)},
         .constantInputs = {0}},
    };
}

namespace {

TEST(ConstantOfShape, Cases) { checkCases(constantOfShapeCases()); }

TEST(ConstantOfShape, RefusesANegativeDimension) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ConstantOfShape",
                   .inputs = {Tensor::of<int64_t>({1}, {-2})},
                   .constantInputs = {0}},
                  "ConstantOfShape \"r\": the shape has dimension -2");
}

TEST(ConstantOfShape, RefusesSeveralValues) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ConstantOfShape",
                   .attributes = {{"value", Tensor::of<int64_t>({2}, {7, 8})}},
                   .inputs = {Tensor::of<int64_t>({1}, {2})}},
                  "ConstantOfShape \"r\": value has 2 elements, expected 1");
}

}  // namespace
}  // namespace lathe::test
