#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

namespace {

using Integers = std::vector<int64_t>;
using Floats = std::vector<float>;

OpCase impute(std::string name, ir::Attributes attributes, Tensor x, std::vector<Tensor> expected = {}) {
    return {.name = std::move(name),
            .op = "Imputer",
            .domain = "ai.onnx.ml",
            .attributes = std::move(attributes),
            .inputs = {std::move(x)},
            .expected = std::move(expected)};
}

}  // namespace

std::vector<OpCase> aiOnnxMlImputerCases() {
    return {
        impute("missing", {{"imputed_value_floats", Floats{7, 8}}, {"replaced_value_float", NAN}},
               Tensor::of<float>({2, 2}, {1, NAN, NAN, 0}), {Tensor::of<float>({2, 2}, {1, 8, 7, 0})}),
        impute("zeros", {{"imputed_value_floats", Floats{0.5f}}}, Tensor::of<double>({3}, {1, 0, NAN}),
               {Tensor::of<double>({3}, {1, 0.5, NAN})}),
        impute("integers", {{"imputed_value_int64s", Integers{7}}, {"replaced_value_int64", int64_t{-1}}},
               Tensor::of<int64_t>({2, 2}, {1, -1, 0, -1}), {Tensor::of<int64_t>({2, 2}, {1, 7, 0, 7})}),
        impute("narrow", {{"imputed_value_int64s", Integers{7, 8}}}, Tensor::of<int32_t>({1, 2}, {0, 0}),
               {Tensor::of<int32_t>({1, 2}, {7, 8})}),
    };
}

namespace {

TEST(AiOnnxMlImputer, Cases) { checkCases(aiOnnxMlImputerCases()); }

TEST(AiOnnxMlImputer, RefusesListsThatDoNotFit) {
    EXPECT_THAT(inferenceError(impute("n", {{"imputed_value_int64s", Integers{7}}}, ramp({1, 2}))),
                testing::HasSubstr("imputed_value_floats is missing, which float32 elements need"));
    EXPECT_THAT(inferenceError(impute("n", {{"imputed_value_floats", Floats{7, 8, 9}}}, ramp({1, 2}))),
                testing::HasSubstr("imputed_value_floats has 3 items, expected 1 or one for each of the 2"));
    EXPECT_THAT(inferenceError(impute("n", {{"imputed_value_int64s", Integers{int64_t{1} << 40}}},
                                      Tensor::of<int32_t>({1}, {1}))),
                testing::HasSubstr("imputed_value_int64s holds 1099511627776, which is no int32"));
}

}  // namespace
}  // namespace lathe::test
