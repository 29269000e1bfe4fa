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

// The tree of the standard's example: feature 0 against 3.14, then 1.2 and 4.2. Leaves 0 to 3 from left to
// right.
ir::Attributes threeSplits() {
    return {{"leaf_targetids", Integers{0, 1, 0, 1}},
            {"leaf_weights", Tensor::of<double>({4}, {5.23, 12.12, -12.23, 7.21})},
            {"n_targets", int64_t{2}},
            {"nodes_falseleafs", Integers{0, 1, 1}},
            {"nodes_falsenodeids", Integers{2, 1, 3}},
            {"nodes_featureids", Integers{0, 0, 0}},
            {"nodes_modes", Tensor::of<uint8_t>({3}, {0, 0, 0})},
            {"nodes_splits", Tensor::of<double>({3}, {3.14, 1.2, 4.2})},
            {"nodes_trueleafs", Integers{0, 1, 1}},
            {"nodes_truenodeids", Integers{1, 0, 2}},
            {"tree_roots", Integers{0}}};
}

ir::Attributes with(ir::Attributes attributes, std::string name, ir::Attribute value) {
    attributes.set(std::move(name), std::move(value));
    return attributes;
}

OpCase trees(std::string name, ir::Attributes attributes, Tensor x, std::vector<Tensor> expected = {}) {
    return {.name = std::move(name),
            .op = "TreeEnsemble",
            .domain = "ai.onnx.ml",
            .attributes = std::move(attributes),
            .inputs = {std::move(x)},
            .expected = std::move(expected),
            .tolerance = 1e-6};
}

// One test of one feature against 1: passing rows give 10, failing ones 20.
ir::Attributes oneSplit(uint8_t mode, ir::Attributes more = {}) {
    ir::Attributes attributes = {{"leaf_targetids", Integers{0, 0}},
                                 {"leaf_weights", Tensor::of<float>({2}, {10, 20})},
                                 {"nodes_falseleafs", Integers{1}},
                                 {"nodes_falsenodeids", Integers{1}},
                                 {"nodes_featureids", Integers{0}},
                                 {"nodes_modes", Tensor::of<uint8_t>({1}, {mode})},
                                 {"nodes_splits", Tensor::of<float>({1}, {1})},
                                 {"nodes_trueleafs", Integers{1}},
                                 {"nodes_truenodeids", Integers{0}},
                                 {"tree_roots", Integers{0}}};
    for (const auto& [key, value] : more) attributes.set(key, value);
    return attributes;
}

// Two trees of one node each over target 0 and 1: for x = 0 the leaves 1 and 3, else 2 and 4.
ir::Attributes twoTrees(int64_t aggregate) {
    return {{"aggregate_function", aggregate},
            {"leaf_targetids", Integers{0, 0, 0, 1}},
            {"leaf_weights", Tensor::of<float>({4}, {1, 2, 3, 4})},
            {"n_targets", int64_t{2}},
            {"nodes_falseleafs", Integers{1, 1}},
            {"nodes_falsenodeids", Integers{1, 3}},
            {"nodes_featureids", Integers{0, 0}},
            {"nodes_modes", Tensor::of<uint8_t>({2}, {0, 0})},
            {"nodes_splits", Tensor::of<float>({2}, {0, 0})},
            {"nodes_trueleafs", Integers{1, 1}},
            {"nodes_truenodeids", Integers{0, 2}},
            {"tree_roots", Integers{0, 1}}};
}

}  // namespace

std::vector<OpCase> aiOnnxMlTreeEnsembleCases() {
    const auto x = Tensor::of<float>({4, 1}, {0, 1, 2, NAN});
    const auto two = Tensor::of<float>({2, 1}, {0, 1});
    std::vector<OpCase> cases = {
        // 1.2 <= 3.14, <= 1.2: leaf 0; 3 > 1.2: leaf 1; 4 <= 4.2: leaf 2; 5: leaf 3
        trees("three_splits", threeSplits(), Tensor::of<double>({4, 2}, {1.2, 0, 3, 0, 4, 0, 5, 0}),
              {Tensor::of<double>({4, 2}, {5.23, 0, 0, 12.12, -12.23, 0, 0, 7.21})}),
        trees("missing_is_true", oneSplit(0, {{"nodes_missing_value_tracks_true", Integers{1}}}), x,
              {Tensor::of<float>({4, 1}, {10, 10, 20, 10})}),
        // 0 and 2 are members; the value of the split is not looked at.
        trees("members", oneSplit(6, {{"membership_values", Tensor::of<float>({3}, {2, 0, NAN})}}), x,
              {Tensor::of<float>({4, 1}, {10, 20, 10, 20})}),
        trees("average", twoTrees(0), two, {Tensor::of<float>({2, 2}, {2, 0, 1, 2})}),
        trees("sum", twoTrees(1), two, {Tensor::of<float>({2, 2}, {4, 0, 2, 4})}),
        // Targets without votes are 0.
        trees("least", twoTrees(2), two, {Tensor::of<float>({2, 2}, {1, 0, 2, 4})}),
        trees("greatest", twoTrees(3), two, {Tensor::of<float>({2, 2}, {3, 0, 2, 4})}),
        // 1/(1 + e^-2), 1/(1 + e^-4)
        trees("logistic", with(twoTrees(1), "post_transform", int64_t{2}), Tensor::of<float>({1}, {1}),
              {Tensor::of<float>({1, 2}, {0.8807971f, 0.9820138f})}),
        // Both sides of the one node lead to the same leaf.
        trees("leaf_alone", oneSplit(0, {{"nodes_falsenodeids", Integers{0}}}),
              Tensor::of<tensor::Float16>({1, 1}, {tensor::Float16(9.0f)}),
              {Tensor::of<tensor::Float16>({1, 1}, {tensor::Float16(10.0f)})}),
        trees("no_rows", threeSplits(), Tensor::of<double>({0, 2}, {}), {Tensor::of<double>({0, 2}, {})}),
    };
    // <=, <, >=, >, ==, != of 0, 1, 2 against 1; missing ones fail.
    const std::vector<std::vector<float>> expected = {{10, 10, 20, 20}, {10, 20, 20, 20}, {20, 10, 10, 20},
                                                      {20, 20, 10, 20}, {20, 10, 20, 20}, {10, 20, 10, 20}};
    for (uint8_t mode = 0; mode < 6; ++mode)
        cases.push_back(trees("mode" + std::to_string(mode), oneSplit(mode), x,
                              {Tensor::of<float>(tensor::Shape{4, 1}, std::span(expected[mode]))}));
    return cases;
}

namespace {

TEST(AiOnnxMlTreeEnsemble, Cases) { checkCases(aiOnnxMlTreeEnsembleCases()); }

TEST(AiOnnxMlTreeEnsemble, RefusesTreesThatDoNotEnd) {
    const auto x = Tensor::of<double>({1, 1}, {1});
    const auto circle = with(with(threeSplits(), "nodes_trueleafs", Integers{0, 0, 1}), "nodes_truenodeids",
                             Integers{1, 0, 2});
    expectRefused(trees("n", circle, x), "the branches of a tree run in a circle");
    expectRefused(trees("n", with(threeSplits(), "nodes_truenodeids", Integers{1, 0, 4}), x),
                  "a branch of tree node 2 leads to no node or leaf");
    expectRefused(trees("n", with(threeSplits(), "nodes_falsenodeids", Integers{-2, 1, 3}), x),
                  "a branch of tree node 0 leads to no node or leaf");
    expectRefused(trees("n", with(threeSplits(), "tree_roots", Integers{3}), x), "a root is no node");
    expectRefused(trees("n", with(threeSplits(), "tree_roots", Integers{-1}), x), "a root is no node");
    expectRefused(trees("n", with(threeSplits(), "tree_roots", Integers{}), x), "has no trees");
}

TEST(AiOnnxMlTreeEnsemble, RefusesListsThatDoNotFit) {
    const auto x = Tensor::of<double>({1, 1}, {1});
    expectRefused(trees("n", with(threeSplits(), "nodes_featureids", Integers{0, 1, 0}), x),
                  "tree node 1 tests feature 1, the input has 1");
    expectRefused(trees("n", with(threeSplits(), "leaf_targetids", Integers{0, 1, 0, 2}), x),
                  "leaf 3 votes for target 2, there are 2");
    expectRefused(trees("n", with(threeSplits(), "nodes_falseleafs", Integers{1}), x),
                  "nodes_falseleafs has 1 items, expected 3");
    expectRefused(trees("n", with(threeSplits(), "nodes_modes", Tensor::of<uint8_t>({3}, {0, 7, 0})), x),
                  "nodes_modes holds 7, expected 0 to 6");
    const auto texts = Tensor::of<std::string>({3}, {"a", "b", "c"});
    expectRefused(trees("n", with(threeSplits(), "nodes_modes", texts), x),
                  "nodes_modes holds string, expected uint8");
    expectRefused(trees("n", with(threeSplits(), "nodes_splits", texts), x),
                  "nodes_splits has 0 items, expected 3");
    expectRefused(trees("n", with(threeSplits(), "nodes_modes", Tensor::of<uint8_t>({3}, {0, 6, 0})), x),
                  "membership_values has no set for tree node 1");
    expectRefused(trees("n", with(threeSplits(), "n_targets", int64_t{1} << 60), x), "is too large");
    expectRefused(trees("n", with(threeSplits(), "n_targets", int64_t{0}), x),
                  "attribute n_targets holds 0, expected at least 1");
    expectRefused(trees("n", with(threeSplits(), "leaf_weights", std::string("a")), x),
                  "attribute leaf_weights is missing");
    EXPECT_THAT(inferenceError(trees("n", threeSplits(), ramp({1, 1, 1}))),
                testing::HasSubstr("the input has 3 dimensions, expected 1 or 2"));
}

}  // namespace
}  // namespace lathe::test
