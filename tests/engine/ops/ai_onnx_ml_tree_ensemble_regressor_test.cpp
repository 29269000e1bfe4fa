#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

namespace {

using Integers = std::vector<int64_t>;
using Floats = std::vector<float>;
using Texts = std::vector<std::string>;

OpCase regress(std::string name, ir::Attributes more, Tensor x, std::vector<Tensor> expected = {}) {
    // x <= 1 gives 0.2 to target 0, else 0.7 to target 1.
    ir::Attributes attributes = {{"nodes_falsenodeids", Integers{2, 0, 0}},
                                 {"nodes_featureids", Integers{0, 0, 0}},
                                 {"nodes_modes", Texts{"BRANCH_LEQ", "LEAF", "LEAF"}},
                                 {"nodes_nodeids", Integers{0, 1, 2}},
                                 {"nodes_treeids", Integers{0, 0, 0}},
                                 {"nodes_truenodeids", Integers{1, 0, 0}},
                                 {"nodes_values", Floats{1, 0, 0}},
                                 {"n_targets", int64_t{2}},
                                 {"target_ids", Integers{0, 1}},
                                 {"target_nodeids", Integers{1, 2}},
                                 {"target_treeids", Integers{0, 0}},
                                 {"target_weights", Floats{0.2f, 0.7f}}};
    for (const auto& [key, value] : more) attributes.set(key, value);
    return {.name = std::move(name),
            .op = "TreeEnsembleRegressor",
            .domain = "ai.onnx.ml",
            .attributes = std::move(attributes),
            .inputs = {std::move(x)},
            .expected = std::move(expected),
            .tolerance = 1e-6};
}

// The split above in tree 4, and a tree 2 that is a leaf alone with 5 for target 0.
ir::Attributes twoTrees(std::string aggregate) {
    return {{"aggregate_function", std::move(aggregate)},
            {"nodes_falsenodeids", Integers{2, 0, 0, 0}},
            {"nodes_featureids", Integers{0, 0, 0, 0}},
            {"nodes_modes", Texts{"BRANCH_LEQ", "LEAF", "LEAF", "LEAF"}},
            {"nodes_nodeids", Integers{0, 1, 2, 0}},
            {"nodes_treeids", Integers{4, 4, 4, 2}},
            {"nodes_truenodeids", Integers{1, 0, 0, 0}},
            {"nodes_values", Floats{1, 0, 0, 0}},
            {"target_ids", Integers{0, 1, 0}},
            {"target_nodeids", Integers{1, 2, 0}},
            {"target_treeids", Integers{4, 4, 2}},
            {"target_weights", Floats{1, 3, 5}}};
}

}  // namespace

std::vector<OpCase> aiOnnxMlTreeEnsembleRegressorCases() {
    const auto x = Tensor::of<float>({3, 1}, {0, 2, NAN}), two = Tensor::of<float>({2, 1}, {0, 2});
    return {
        regress("split", {}, x, {Tensor::of<float>({3, 2}, {0.2f, 0, 0, 0.7f, 0, 0.7f})}),
        regress("missing_is_true", {{"nodes_missing_value_tracks_true", Integers{1, 0, 0}}}, x,
                {Tensor::of<float>({3, 2}, {0.2f, 0, 0, 0.7f, 0.2f, 0})}),
        regress("base", {{"base_values", Floats{1, 2}}}, Tensor::of<int64_t>({1, 1}, {1}),
                {Tensor::of<float>({1, 2}, {1.2f, 2})}),
        // A leaf with several votes; doubles as a tensor: 0.1 + 0.2 for target 0.
        regress("doubles",
                {{"nodes_values", Floats{}},
                 {"nodes_values_as_tensor", Tensor::of<double>({3}, {1, 0, 0})},
                 {"target_ids", Integers{0, 0}},
                 {"target_nodeids", Integers{1, 1}},
                 {"target_weights", Floats{}},
                 {"target_weights_as_tensor", Tensor::of<double>({2}, {0.1, 0.2})}},
                Tensor::of<double>({2, 1}, {1, 1.0000001}), {Tensor::of<float>({2, 2}, {0.3f, 0, 0, 0})}),
        regress("sum", twoTrees("SUM"), two, {Tensor::of<float>({2, 2}, {6, 0, 5, 3})}),
        regress("average", twoTrees("AVERAGE"), two, {Tensor::of<float>({2, 2}, {3, 0, 2.5f, 1.5f})}),
        regress("least", twoTrees("MIN"), two, {Tensor::of<float>({2, 2}, {1, 0, 5, 3})}),
        regress("greatest", twoTrees("MAX"), two, {Tensor::of<float>({2, 2}, {5, 0, 5, 3})}),
        // 1/(1 + e^-0.2) = 0.5498340 and 1/2, 1/(1 + e^-0.7) = 0.6681878
        regress("logistic", {{"post_transform", std::string("LOGISTIC")}}, two,
                {Tensor::of<float>({2, 2}, {0.5498340f, 0.5f, 0.5f, 0.6681878f})}),
    };
}

namespace {

TEST(AiOnnxMlTreeEnsembleRegressor, Cases) { checkCases(aiOnnxMlTreeEnsembleRegressorCases()); }

TEST(AiOnnxMlTreeEnsembleRegressor, RefusesTreesThatDoNotEnd) {
    const auto x = Tensor::of<float>({1, 1}, {0});
    expectRefused(regress("n", {{"nodes_truenodeids", Integers{0, 0, 0}}}, x),
                  "the branches of a tree run in a circle");
    expectRefused(regress("n", {{"nodes_truenodeids", Integers{7, 0, 0}}}, x),
                  "tree 0 has no node 7, where node 0 leads");
    expectRefused(regress("n", {{"nodes_nodeids", Integers{0, 1, 1}}}, x), "tree 0 has node 1 twice");
}

TEST(AiOnnxMlTreeEnsembleRegressor, RefusesListsThatDoNotFit) {
    const auto x = Tensor::of<float>({1, 1}, {0});
    expectRefused(regress("n", {{"nodes_values", Floats{1}}}, x), "nodes_values has 1 items, expected 3");
    expectRefused(regress("n", {{"target_weights", Floats{1}}}, x), "target_weights has 1 items, expected 2");
    expectRefused(regress("n", {{"target_nodeids", Integers{1, 9}}}, x),
                  "tree 0 has no node 9, which has a vote");
    expectRefused(regress("n", {{"target_ids", Integers{0, 2}}}, x), "votes for target 2, there are 2");
    expectRefused(regress("n", {{"nodes_featureids", Integers{1, 0, 0}}}, x),
                  "tree node 0 tests feature 1, the input has 1");
    expectRefused(regress("n", {{"nodes_modes", Texts{"BRANCH", "LEAF", "LEAF"}}}, x),
                  "nodes_modes holds \"BRANCH\", expected LEAF or one of BRANCH_LEQ");
    expectRefused(regress("n", {{"base_values", Floats{1}}}, x), "base_values has 1 items, expected 2");
    EXPECT_THAT(inferenceError(regress("n", {{"aggregate_function", std::string("MEAN")}}, x)),
                testing::HasSubstr("expected one of AVERAGE, SUM, MIN, MAX"));
}

}  // namespace
}  // namespace lathe::test
