#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

namespace {

using Integers = std::vector<int64_t>;
using Floats = std::vector<float>;
using Texts = std::vector<std::string>;

// x <= 1 ends at leaf 1, else at leaf 2.
OpCase classify(std::string name, Integers leaves, Integers classes, Floats weights, ir::Attributes more,
                std::vector<Tensor> expected = {}) {
    ir::Attributes attributes = {{"class_ids", classes},
                                 {"class_nodeids", leaves},
                                 {"class_treeids", Integers(leaves.size(), 0)},
                                 {"class_weights", weights},
                                 {"nodes_falsenodeids", Integers{2, 0, 0}},
                                 {"nodes_featureids", Integers{0, 0, 0}},
                                 {"nodes_modes", Texts{"BRANCH_LEQ", "LEAF", "LEAF"}},
                                 {"nodes_nodeids", Integers{0, 1, 2}},
                                 {"nodes_treeids", Integers{0, 0, 0}},
                                 {"nodes_truenodeids", Integers{1, 0, 0}},
                                 {"nodes_values", Floats{1, 0, 0}}};
    for (const auto& [key, value] : more) attributes.set(key, value);
    return {.name = std::move(name),
            .op = "TreeEnsembleClassifier",
            .domain = "ai.onnx.ml",
            .attributes = std::move(attributes),
            .inputs = {Tensor::of<float>({2, 1}, {0, 2})},
            .outputCount = 2,
            .expected = std::move(expected),
            .tolerance = 1e-6};
}

const ir::Attributes kTenTwenty = {{"classlabels_int64s", Integers{10, 20}}};

ir::Attributes withTransform(std::string name) {
    auto attributes = kTenTwenty;
    attributes.set("post_transform", std::move(name));
    return attributes;
}

}  // namespace

std::vector<OpCase> aiOnnxMlTreeEnsembleClassifierCases() {
    const auto both = Tensor::of<int64_t>({2}, {10, 20});
    auto base = kTenTwenty;
    base.set("base_values", Floats{0.1f});
    return {
        // One column of shares: above 0.5 the second class wins.
        classify("one_column", {1, 2}, {0, 0}, {0.2f, 0.7f}, kTenTwenty,
                 {both, Tensor::of<float>({2, 2}, {0.8f, 0.2f, 0.3f, 0.7f})}),
        // One column of margins: above 0.
        classify("one_signed_column", {1, 2}, {0, 0}, {-0.2f, 0.3f}, kTenTwenty,
                 {both, Tensor::of<float>({2, 2}, {0.2f, -0.2f, -0.3f, 0.3f})}),
        classify("one_column_of_the_second", {1, 2}, {1, 1}, {-0.2f, 0.7f}, kTenTwenty,
                 {both, Tensor::of<float>({2, 2}, {0, -0.2f, 0, 0.7f})}),
        // -0.2 + 0.1, 0.7 + 0.1
        classify("one_column_with_base", {1, 2}, {0, 0}, {-0.2f, 0.7f}, base,
                 {both, Tensor::of<float>({2, 2}, {0.1f, -0.1f, -0.8f, 0.8f})}),
        // 1/(1 + e^-0.2) = 0.5498340, 1/(1 + e^0.7) = 0.3318122
        classify("one_column_logistic", {1, 2}, {0, 0}, {-0.2f, 0.7f}, withTransform("LOGISTIC"),
                 {both, Tensor::of<float>({2, 2}, {0.5498340f, 0.4501660f, 0.3318122f, 0.6681878f})}),
        // 1/(1 + e^-0.4) = 0.5986877, 1/(1 + e^1.4) = 0.1978161
        classify("one_column_softmax", {1, 2}, {0, 0}, {-0.2f, 0.7f}, withTransform("SOFTMAX"),
                 {both, Tensor::of<float>({2, 2}, {0.5986877f, 0.4013123f, 0.1978161f, 0.8021839f})}),
        classify("two_columns", {1, 1, 2, 2}, {0, 1, 0, 1}, {0.7f, 0.3f, 0.4f, 0.6f}, kTenTwenty,
                 {both, Tensor::of<float>({2, 2}, {0.7f, 0.3f, 0.4f, 0.6f})}),
        classify("three_texts", {1, 1, 2, 2}, {0, 1, 0, 2}, {0.7f, 0.3f, 0.4f, 0.6f},
                 {{"classlabels_strings", Texts{"a", "b", "c"}}},
                 {Tensor::of<std::string>({2}, {"a", "c"}),
                  Tensor::of<float>({2, 3}, {0.7f, 0.3f, 0, 0.4f, 0, 0.6f})}),
        // Scores of 0 stay 0: 1/(1 + e^-0.4), 1/(1 + e^0.2)
        classify("three_softmax_zero", {1, 1, 2, 2}, {0, 1, 0, 2}, {0.7f, 0.3f, 0.4f, 0.6f},
                 {{"classlabels_int64s", Integers{1, 2, 3}}, {"post_transform", std::string("SOFTMAX_ZERO")}},
                 {Tensor::of<int64_t>({2}, {1, 3}),
                  Tensor::of<float>({2, 3}, {0.5986877f, 0.4013123f, 0, 0.4501660f, 0, 0.5498340f})}),
        classify("one_class", {1, 2}, {0, 0}, {-0.2f, 0.7f}, {{"classlabels_int64s", Integers{1}}},
                 {Tensor::of<int64_t>({2}, {0, 1}), Tensor::of<float>({2, 1}, {-0.2f, 0.7f})}),
    };
}

namespace {

TEST(AiOnnxMlTreeEnsembleClassifier, Cases) { checkCases(aiOnnxMlTreeEnsembleClassifierCases()); }

TEST(AiOnnxMlTreeEnsembleClassifier, RefusesListsThatDoNotFit) {
    EXPECT_THAT(inferenceError(classify("n", {1}, {0}, {1}, {})),
                testing::HasSubstr("exactly one of the attributes classlabels_int64s and classlabels_strings "
                                   "must be given, found none"));
    expectRefused(classify("n", {1, 2}, {0, 2}, {1, 1}, kTenTwenty), "votes for target 2, there are 2");
    expectRefused(classify("n", {1, 2}, {0, -1}, {1, 1}, kTenTwenty), "votes for target -1, there are 2");
    expectRefused(classify("n", {1, 2}, {0, 1}, {1}, kTenTwenty), "class_weights has 1 items, expected 2");
    auto base = kTenTwenty;
    base.set("base_values", Floats{1, 2, 3});
    expectRefused(classify("n", {1, 2}, {0, 1}, {1, 1}, base), "base_values has 3 items, expected 2");
    auto circle = kTenTwenty;
    circle.set("nodes_falsenodeids", Integers{0, 0, 0});
    expectRefused(classify("n", {1, 2}, {0, 1}, {1, 1}, circle), "the branches of a tree run in a circle");
}

}  // namespace
}  // namespace lathe::test
