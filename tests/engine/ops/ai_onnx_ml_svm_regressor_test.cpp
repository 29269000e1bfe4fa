#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

namespace {

using Floats = std::vector<float>;

OpCase regress(std::string name, ir::Attributes attributes, Tensor x, std::vector<Tensor> expected = {}) {
    return {.name = std::move(name),
            .op = "SVMRegressor",
            .domain = "ai.onnx.ml",
            .attributes = std::move(attributes),
            .inputs = {std::move(x)},
            .expected = std::move(expected),
            .tolerance = 1e-6};
}

// 0.5 K(x, (0, 1)) - 0.3 K(x, (1, 0)) + 0.1
ir::Attributes twoVectors(std::string kernel, ir::Attributes more = {}) {
    ir::Attributes attributes = {{"coefficients", Floats{0.5f, -0.3f}},
                                 {"kernel_params", Floats{0.5f, 0.2f, 3}},
                                 {"kernel_type", std::move(kernel)},
                                 {"n_supports", int64_t{2}},
                                 {"rho", Floats{0.1f}},
                                 {"support_vectors", Floats{0, 1, 1, 0}}};
    for (const auto& [key, value] : more) attributes.set(key, value);
    return attributes;
}

}  // namespace

std::vector<OpCase> aiOnnxMlSvmRegressorCases() {
    const auto x = Tensor::of<float>({3, 2}, {1, 2, -1, 0.5f, 0.3f, -0.7f});
    return {
        // 0.5*2 - 0.3*1 + 0.1, 0.5*0.5 + 0.3 + 0.1, -0.35 - 0.09 + 0.1
        regress("linear", twoVectors("LINEAR"), x, {Tensor::of<float>({3, 1}, {0.8f, 0.65f, -0.34f})}),
        // The first is 0.5*1.2^3 - 0.3*0.7^3 + 0.1; all three as ONNX Runtime gives them.
        regress("poly", twoVectors("POLY"), x, {Tensor::of<float>({3, 1}, {0.8611f, 0.1536625f, 0.08545f})}),
        // The first is 0.5 e^-1 - 0.3 e^-2 + 0.1.
        regress("rbf", twoVectors("RBF"), x,
                {Tensor::of<float>({3, 1}, {0.24333914f, 0.33180085f, 0.0288984f})}),
        // The first is 0.5 tanh 1.2 - 0.3 tanh 0.7 + 0.1.
        regress("sigmoid", twoVectors("SIGMOID"), x,
                {Tensor::of<float>({3, 1}, {0.33551696f, 0.39834327f, -0.07535518f})}),
        regress("one_class", twoVectors("LINEAR", {{"one_class", int64_t{1}}}), x,
                {Tensor::of<float>({3, 1}, {1, 1, -1})}),
        // 1/(1 + e^-0.8)
        regress("logistic", twoVectors("LINEAR", {{"post_transform", std::string("LOGISTIC")}}),
                Tensor::of<int64_t>({2}, {1, 2}), {Tensor::of<float>({1, 1}, {0.6899745f})}),
        // 0.5 - 0.3 + 0.1, -0.5 - 0.15 + 0.1
        regress("no_vectors", {{"coefficients", Floats{0.5f, -0.3f}}, {"rho", Floats{0.1f}}},
                Tensor::of<double>({2, 2}, {1, 1, -1, 0.5}), {Tensor::of<float>({2, 1}, {0.3f, -0.55f})}),
    };
}

namespace {

TEST(AiOnnxMlSvmRegressor, Cases) { checkCases(aiOnnxMlSvmRegressorCases()); }

TEST(AiOnnxMlSvmRegressor, RefusesListsThatDoNotFit) {
    EXPECT_THAT(inferenceError(regress("n", twoVectors("RBF"), ramp({1, 3}))),
                testing::HasSubstr("support_vectors have 4 items, expected 3 for each of 2"));
    EXPECT_THAT(
        inferenceError(regress("n", twoVectors("RBF", {{"n_supports", int64_t{1} << 62}}), ramp({1, 2}))),
        testing::HasSubstr("coefficients have 2 items, expected"));
    EXPECT_THAT(inferenceError(regress("n", twoVectors("RBF", {{"rho", Floats{}}}), ramp({1, 2}))),
                testing::HasSubstr("rho has no items, expected 1"));
    EXPECT_THAT(inferenceError(regress("n", {{"coefficients", Floats{1}}, {"rho", Floats{0}}}, ramp({1, 2}))),
                testing::HasSubstr("coefficients have 1 items, expected 2"));
    EXPECT_THAT(inferenceError(regress("n", twoVectors("COSINE"), ramp({1, 2}))),
                testing::HasSubstr("expected one of LINEAR, POLY, RBF, SIGMOID"));
}

}  // namespace
}  // namespace lathe::test
