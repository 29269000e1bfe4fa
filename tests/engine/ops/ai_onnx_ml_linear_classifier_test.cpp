#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

namespace {

OpCase classify(std::string name, ir::Attributes attributes, Tensor x, std::vector<Tensor> expected = {}) {
    return {.name = std::move(name),
            .op = "LinearClassifier",
            .domain = "ai.onnx.ml",
            .attributes = std::move(attributes),
            .inputs = {std::move(x)},
            .outputCount = 2,
            .expected = std::move(expected),
            .tolerance = 1e-6};
}

const ir::Attribute kTenTwenty = std::vector<int64_t>{10, 20};

}  // namespace

std::vector<OpCase> aiOnnxMlLinearClassifierCases() {
    const auto x = Tensor::of<float>({2, 2}, {1, 2, -1, 0.5f});
    const auto y = Tensor::of<int64_t>({2}, {20, 20});
    const std::vector<float> one = {0.1f, 0.2f}, two = {0.1f, 0.2f, 0.3f, -0.1f};
    return {
        // Scores of the second class 0.55 and 0.05, both above 0.
        classify("one_row",
                 {{"coefficients", one},
                  {"intercepts", std::vector<float>{0.05f}},
                  {"classlabels_ints", kTenTwenty}},
                 x, {y, Tensor::of<float>({2, 2}, {0.45f, 0.55f, 0.95f, 0.05f})}),
        // 1/(1 + e^0.55) = 0.3658644, 1/(1 + e^0.05) = 0.4875026
        classify("one_row_logistic",
                 {{"coefficients", one},
                  {"intercepts", std::vector<float>{0.05f}},
                  {"classlabels_ints", kTenTwenty},
                  {"post_transform", std::string("LOGISTIC")}},
                 x, {y, Tensor::of<float>({2, 2}, {0.3658644f, 0.6341356f, 0.4875026f, 0.5124974f})}),
        // 0.5 + 0.05, 0.1 + 0.1, 0 + 0.05, -0.35 + 0.1
        classify("two_rows",
                 {{"coefficients", two},
                  {"intercepts", std::vector<float>{0.05f, 0.1f}},
                  {"classlabels_strings", std::vector<std::string>{"a", "b"}}},
                 x,
                 {Tensor::of<std::string>({2}, {"a", "a"}),
                  Tensor::of<float>({2, 2}, {0.55f, 0.2f, 0.05f, -0.25f})}),
        // 1/(1 + e^(0.2 - 0.55)) = 0.5866176, 1/(1 + e^-0.3) = 0.5744425
        classify("two_rows_softmax",
                 {{"coefficients", two},
                  {"intercepts", std::vector<float>{0.05f, 0.1f}},
                  {"classlabels_ints", kTenTwenty},
                  {"post_transform", std::string("SOFTMAX")}},
                 x,
                 {Tensor::of<int64_t>({2}, {10, 10}),
                  Tensor::of<float>({2, 2}, {0.5866176f, 0.4133824f, 0.5744425f, 0.4255575f})}),
        // No intercepts, a vector: scores 2, 4 and 6.
        classify("three_rows",
                 {{"coefficients", std::vector<float>{1, 2, 3}},
                  {"classlabels_ints", std::vector<int64_t>{5, 6, 7}}},
                 Tensor::of<int32_t>({1}, {2}),
                 {Tensor::of<int64_t>({1}, {7}), Tensor::of<float>({1, 3}, {2, 4, 6})}),
        classify("one_class",
                 {{"coefficients", std::vector<float>{1}}, {"classlabels_ints", std::vector<int64_t>{5}}},
                 Tensor::of<double>({2, 1}, {2, -2}),
                 {Tensor::of<int64_t>({2}, {5, 0}), Tensor::of<float>({2, 1}, {2, -2})}),
    };
}

namespace {

TEST(AiOnnxMlLinearClassifier, Cases) { checkCases(aiOnnxMlLinearClassifierCases()); }

TEST(AiOnnxMlLinearClassifier, RefusesListsThatDoNotFit) {
    EXPECT_THAT(inferenceError(classify("n", {{"coefficients", std::vector<float>{1, 2}}}, ramp({2, 2}))),
                testing::HasSubstr("exactly one of the attributes classlabels_ints and classlabels_strings "
                                   "must be given, found none"));
    EXPECT_THAT(inferenceError(classify(
                    "n", {{"coefficients", std::vector<float>{1, 2, 3}}, {"classlabels_ints", kTenTwenty}},
                    ramp({2, 2}))),
                testing::HasSubstr("coefficients have 3 items, expected 2 for each of 2 outputs"));
    EXPECT_THAT(inferenceError(classify("n", {{"classlabels_ints", kTenTwenty}}, ramp({2, 2}))),
                testing::HasSubstr("attribute coefficients is missing"));
}

}  // namespace
}  // namespace lathe::test
