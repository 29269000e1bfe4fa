#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

namespace {

using Integers = std::vector<int64_t>;
using Floats = std::vector<float>;
using Texts = std::vector<std::string>;

OpCase classify(std::string name, ir::Attributes attributes, ir::Attributes more,
                std::vector<Tensor> expected = {}) {
    for (const auto& [key, value] : more) attributes.set(key, value);
    return {.name = std::move(name),
            .op = "SVMClassifier",
            .domain = "ai.onnx.ml",
            .attributes = std::move(attributes),
            .inputs = {Tensor::of<float>({3, 2}, {1, 2, -1, 0.5f, 0.3f, -0.7f})},
            .outputCount = 2,
            .expected = std::move(expected),
            .tolerance = 2e-6};
}

// 0.5 K(x, (0, 1)) - 0.3 K(x, (1, 0)) + 0.8 K(x, (-1, 0.5)) + 0.1
ir::Attributes twoClasses(std::string kernel) {
    return {{"classlabels_ints", Integers{10, 20}},
            {"coefficients", Floats{0.5f, -0.3f, 0.8f}},
            {"kernel_params", Floats{0.5f, 0.2f, 3}},
            {"kernel_type", std::move(kernel)},
            {"rho", Floats{0.1f}},
            {"support_vectors", Floats{0, 1, 1, 0, -1, 0.5f}},
            {"vectors_per_class", Integers{2, 1}}};
}

ir::Attributes threeClasses() {
    return {{"classlabels_strings", Texts{"a", "b", "c"}},
            {"coefficients", Floats{0.5f, -0.3f, 0.8f, 0.1f, -0.2f, 0.6f, 0.4f, -0.9f}},
            {"kernel_params", Floats{0.5f, 0.2f, 3}},
            {"kernel_type", std::string("RBF")},
            {"rho", Floats{0.1f, -0.2f, 0.3f}},
            {"support_vectors", Floats{0, 1, 1, 0, -1, 0.5f, 0.2f, 0.2f}},
            {"vectors_per_class", Integers{2, 1, 1}}};
}

// Without support vectors: scores x . (0.5, -0.3) + 0.1 and x . (0.8, 0.1) + 0.1.
ir::Attributes linear(Floats coefficients) {
    return {{"classlabels_ints", Integers{10, 20}},
            {"coefficients", std::move(coefficients)},
            {"rho", Floats{0.1f}}};
}

}  // namespace

std::vector<OpCase> aiOnnxMlSvmClassifierCases() {
    const ir::Attributes one = {{"prob_a", Floats{-1.5f}}, {"prob_b", Floats{0.2f}}};
    const ir::Attributes three = {{"prob_a", Floats{-1.5f, -1, -2}}, {"prob_b", Floats{0.2f, 0.1f, 0}}};
    const auto aaa = Tensor::of<std::string>({3}, {"a", "a", "a"});
    return {
        // 1 - 0.3 + 0 + 0.1 = 0.8, 0.25 + 0.3 + 1 + 0.1 = 1.65, -0.35 - 0.09 - 0.52 + 0.1 = -0.86. A score
        // above 0 votes for the first class.
        classify("linear", twoClasses("LINEAR"), {},
                 {Tensor::of<int64_t>({3}, {10, 10, 20}),
                  Tensor::of<float>({3, 2}, {-0.8f, 0.8f, -1.65f, 1.65f, 0.86f, -0.86f})}),
        // From here numbers are those of ONNX Runtime 1.22. The first is 0.5 e^-1 - 0.3 e^-2 +
        // 0.8 e^-3.125 + 0.1.
        classify("rbf", twoClasses("RBF"), {},
                 {Tensor::of<int64_t>({3}, {10, 10, 10}),
                  Tensor::of<float>(
                      {3, 2}, {-0.2784887f, 0.2784887f, -1.1318009f, 1.1318009f, -0.1961688f, 0.1961688f})}),
        // 1/(1 + e^0.2784887), ...
        classify("rbf_logistic", twoClasses("RBF"), {{"post_transform", std::string("LOGISTIC")}},
                 {Tensor::of<int64_t>({3}, {10, 10, 10}),
                  Tensor::of<float>({3, 2}, {0.43082434f, 0.56917566f, 0.24382895f, 0.75617105f, 0.45111448f,
                                             0.54888552f})}),
        // 1/(1 + e^(-1.5*0.2784887 + 0.2)) = 0.5541592, ...
        classify("probabilities", twoClasses("RBF"), one,
                 {Tensor::of<int64_t>({3}, {10, 10, 10}),
                  Tensor::of<float>(
                      {3, 2}, {0.55415916f, 0.4458409f, 0.81723112f, 0.18276899f, 0.5235436f, 0.47645652f})}),
        classify(
            "pairs", threeClasses(), {},
            {aaa, Tensor::of<float>({3, 3}, {0.2784887f, -0.17800432f, 0.18824123f, 1.13180089f, -0.1888591f,
                                             0.28119952f, 0.19616881f, 0.18886638f, -0.21364999f})}),
        classify(
            "coupled", threeClasses(), three,
            {aaa, Tensor::of<float>({3, 3}, {0.32966399f, 0.34988856f, 0.32044756f, 0.43389824f, 0.22858596f,
                                             0.33751583f, 0.35503835f, 0.27897081f, 0.36599094f})}),
        // 0.5 - 0.6 + 0.1 and 0.8 + 0.2 + 0.1, -0.5 - 0.15 + 0.1 and -0.8 + 0.05 + 0.1, 0.15 + 0.21 + 0.1 and
        // 0.24 - 0.07 + 0.1
        classify("no_vectors", linear({0.5f, -0.3f, 0.8f, 0.1f}), {},
                 {Tensor::of<int64_t>({3}, {20, 10, 10}),
                  Tensor::of<float>({3, 2}, {0, 1.1f, -0.55f, -0.65f, 0.46f, 0.27f})}),
        // 1.2 and 1.1: no coefficient is negative, so 1.2 makes it the second.
        classify("no_vectors_positive", linear({0.5f, 0.3f, 0.8f, 0.1f}), {},
                 {Tensor::of<int64_t>({3}, {20, 10, 20}),
                  Tensor::of<float>({3, 2}, {1.2f, 1.1f, -0.25f, -0.65f, 0.04f, 0.27f})}),
    };
}

namespace {

TEST(AiOnnxMlSvmClassifier, Cases) { checkCases(aiOnnxMlSvmClassifierCases()); }

TEST(AiOnnxMlSvmClassifier, RefusesListsThatDoNotFit) {
    const auto refusal = [](ir::Attributes more) {
        return inferenceError(classify("n", threeClasses(), std::move(more)));
    };
    EXPECT_THAT(refusal({{"coefficients", Floats{1}}}),
                testing::HasSubstr("coefficients has 1 items, expected 8"));
    EXPECT_THAT(refusal({{"rho", Floats{1}}}), testing::HasSubstr("rho has 1 items, expected 3"));
    EXPECT_THAT(refusal({{"prob_a", Floats{1}}}), testing::HasSubstr("prob_b has 0 items, expected 1"));
    EXPECT_THAT(refusal({{"prob_a", Floats{1}}, {"prob_b", Floats{1}}}),
                testing::HasSubstr("prob_a has 1 items, expected 3"));
    EXPECT_THAT(refusal({{"support_vectors", Floats{1, 2, 3, 4, 5}}}),
                testing::HasSubstr("support_vectors has 5 items, expected 8"));
    EXPECT_THAT(refusal({{"vectors_per_class", Integers{2, 2}}}),
                testing::HasSubstr("vectors_per_class has 2 items, expected 3"));
    EXPECT_THAT(refusal({{"vectors_per_class", Integers{-2, 2, 1}}}),
                testing::HasSubstr("vectors_per_class holds -2"));
    EXPECT_THAT(refusal({{"classlabels_ints", Integers{1, 2, 3}}}), testing::HasSubstr("found both"));
    EXPECT_THAT(inferenceError(classify("n", linear({1, 2, 3}), {})),
                testing::HasSubstr("coefficients have 3 items, expected 2 for each of 2 classes"));
}

}  // namespace
}  // namespace lathe::test
