#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

namespace {

OpCase regress(std::string name, ir::Attributes attributes, Tensor x, std::vector<Tensor> expected = {}) {
    return {.name = std::move(name),
            .op = "LinearRegressor",
            .domain = "ai.onnx.ml",
            .attributes = std::move(attributes),
            .inputs = {std::move(x)},
            .expected = std::move(expected),
            .tolerance = 1e-6};
}

}  // namespace

std::vector<OpCase> aiOnnxMlLinearRegressorCases() {
    const auto x = Tensor::of<float>({2, 2}, {1, 2, -1, 0.5f});
    const std::vector<float> two = {0.1f, 0.2f, 0.3f, -0.1f};
    return {
        // 0.1 + 0.4 + 0.05, -0.1 + 0.1 + 0.05
        regress("one",
                {{"coefficients", std::vector<float>{0.1f, 0.2f}}, {"intercepts", std::vector<float>{0.05f}}},
                x, {Tensor::of<float>({2, 1}, {0.55f, 0.05f})}),
        // 0.1 + 0.4, 0.3 - 0.2, -0.1 + 0.1, -0.3 - 0.05
        regress("two", {{"coefficients", two}, {"targets", int64_t{2}}}, x,
                {Tensor::of<float>({2, 2}, {0.5f, 0.1f, 0, -0.35f})}),
        // 1/(1 + e^-0.5) = 0.6224593, 1/(1 + e^-0.1) = 0.5249792, 0.5, 1/(1 + e^0.35) = 0.4133824
        regress("logistic",
                {{"coefficients", two}, {"targets", int64_t{2}}, {"post_transform", std::string("LOGISTIC")}},
                x, {Tensor::of<float>({2, 2}, {0.6224593f, 0.5249792f, 0.5f, 0.4133824f})}),
        // e^0.1/(e^0.1 + e^0.5) = 1/(1 + e^0.4) = 0.4013123; 1/(1 + e^-0.35) = 0.5866176
        regress("softmax",
                {{"coefficients", two}, {"targets", int64_t{2}}, {"post_transform", std::string("SOFTMAX")}},
                x, {Tensor::of<float>({2, 2}, {0.5986877f, 0.4013123f, 0.5866176f, 0.4133824f})}),
        // A score of 0 stays 0.
        regress("softmax_zero",
                {{"coefficients", std::vector<float>{0, 1}},
                 {"targets", int64_t{2}},
                 {"post_transform", std::string("SOFTMAX_ZERO")}},
                Tensor::of<int64_t>({1}, {2}), {Tensor::of<float>({1, 2}, {0, 1})}),
        // The quantile of 0.55 is 0.1257 by tables.
        regress("probit",
                {{"coefficients", std::vector<float>{0.55f}}, {"post_transform", std::string("PROBIT")}},
                Tensor::of<double>({1, 1}, {1}), {Tensor::of<float>({1, 1}, {0.12566201f})}),
        // A share of 0 is reached nowhere, one of 1 everywhere.
        regress("probit_of_the_ends",
                {{"coefficients", std::vector<float>{1}}, {"post_transform", std::string("PROBIT")}},
                Tensor::of<float>({3, 1}, {0, 1, 0.5f}),
                {Tensor::of<float>({3, 1}, {-INFINITY, INFINITY, 0})}),
    };
}

namespace {

TEST(AiOnnxMlLinearRegressor, Cases) { checkCases(aiOnnxMlLinearRegressorCases()); }

TEST(AiOnnxMlLinearRegressor, RefusesListsThatDoNotFit) {
    EXPECT_THAT(inferenceError(regress("n", {{"coefficients", std::vector<float>{1, 2, 3}}}, ramp({2, 2}))),
                testing::HasSubstr("coefficients have 3 items, expected 2 for each of 1 outputs"));
    EXPECT_THAT(
        inferenceError(regress(
            "n", {{"coefficients", std::vector<float>{1, 2}}, {"intercepts", std::vector<float>{1, 2}}},
            ramp({2, 2}))),
        testing::HasSubstr("intercepts have 2 items, expected 1"));
    EXPECT_THAT(
        inferenceError(regress(
            "n", {{"coefficients", std::vector<float>{1, 2}}, {"targets", int64_t{1} << 40}}, ramp({2, 2}))),
        testing::HasSubstr("coefficients have 2 items"));
}

}  // namespace
}  // namespace lathe::test
