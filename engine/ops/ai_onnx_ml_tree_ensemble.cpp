// TreeEnsemble: the votes of decision trees, aggregated by target and transformed. Nodes and leaves are
// numbered by their places in the lists; a leaf has one vote. post_transform 1 is SOFTMAX and 2 LOGISTIC, as
// the standard says; ONNX Runtime 1.22 takes these two the other way round.
#include <algorithm>
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_ml_rows.h"
#include "engine/ops/support_ml_trees.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kTypes =
    typeSet(tensor::DataType::float32, tensor::DataType::float64, tensor::DataType::float16);

base::Status infer(InferContext& context) {
    const auto rows = symbolicRows(context);
    if (!rows) return rows.error();
    for (const auto name : {"leaf_weights", "nodes_modes", "nodes_splits"})
        if (!context.attributes().tensor(name)) return context.error("attribute {} is missing", name);
    if (const auto modes = context.attributes().tensor("nodes_modes")->type(); !tensor::isInteger(modes))
        return context.error("nodes_modes holds {}, expected uint8", name(modes));
    context.setOutput(0, context.element(0),
                      ir::SymbolicShape{rows->count, context.attributes().integer("n_targets", 1)});
    return {};
}

// The membership values in the order of the nodes that want them, a NaN behind each set.
bool takeMembers(TreeNode& node, const std::vector<double>& members, size_t& next) {
    const auto first = members.begin() + static_cast<std::ptrdiff_t>(next);
    const auto end = std::find_if(first, members.end(), [](double x) { return std::isnan(x); });
    if (end == members.end()) return false;
    node.firstMember = next;
    node.lastMember = static_cast<size_t>(end - members.begin());
    next = node.lastMember + 1;
    return true;
}

base::Result<Trees> readTrees(const EvalContext& context) {
    const auto& attributes = context.attributes();
    const auto features = attributes.integers("nodes_featureids");
    const auto count = features.size();
    const auto whenTrue = attributes.integers("nodes_truenodeids");
    const auto whenFalse = attributes.integers("nodes_falsenodeids");
    const auto trueLeafs = attributes.integers("nodes_trueleafs");
    const auto falseLeafs = attributes.integers("nodes_falseleafs");
    auto missing = attributes.integers("nodes_missing_value_tracks_true");
    if (missing.empty()) missing.resize(count);
    const auto splits = realsOfTensor(attributes, "nodes_splits");
    const auto modes = tensor::toIntegers(attributes.tensor("nodes_modes")->aligned());
    const std::pair<std::string_view, size_t> lengths[] = {
        {"nodes_truenodeids", whenTrue.size()},
        {"nodes_falsenodeids", whenFalse.size()},
        {"nodes_trueleafs", trueLeafs.size()},
        {"nodes_falseleafs", falseLeafs.size()},
        {"nodes_missing_value_tracks_true", missing.size()},
        {"nodes_splits", splits.size()},
        {"nodes_modes", modes.size()}};
    for (const auto& [name, length] : lengths)
        if (length != count) return context.error("{} has {} items, expected {}", name, length, count);
    Trees trees;
    trees.members = realsOfTensor(attributes, "membership_values");
    size_t nextMember = 0;
    for (size_t i = 0; i < count; ++i) {
        if (modes[i] < 0 || modes[i] > 6)
            return context.error("nodes_modes holds {}, expected 0 to 6", modes[i]);
        if (whenTrue[i] < 0 || whenFalse[i] < 0)
            return context.error("a branch of tree node {} leads to no node or leaf", i);
        TreeNode node;
        node.split = static_cast<Split>(modes[i]);
        node.nanIsTrue = missing[i] != 0;
        node.feature = features[i];
        node.threshold = splits[i];
        node.whenTrue = trueLeafs[i] != 0 ? ~whenTrue[i] : whenTrue[i];
        node.whenFalse = falseLeafs[i] != 0 ? ~whenFalse[i] : whenFalse[i];
        if (node.split == Split::member && !takeMembers(node, trees.members, nextMember))
            return context.error("membership_values has no set for tree node {}", i);
        trees.nodes.push_back(node);
    }
    const auto targets = attributes.integers("leaf_targetids");
    const auto weights = realsOfTensor(attributes, "leaf_weights");
    if (targets.size() != weights.size())
        return context.error("leaf_weights has {} items, expected {}", weights.size(), targets.size());
    for (size_t i = 0; i < targets.size(); ++i) trees.leaves.push_back({{targets[i], weights[i]}});
    trees.roots = attributes.integers("tree_roots");
    for (const auto root : trees.roots)
        if (root < 0) return context.error("a root is no node");
    return trees;
}

Cost cost(const CostContext& context) {
    if (!context.attributes) return trafficCost(context);
    return treesCost(context, context.attributes->integers("tree_roots").size(),
                     context.attributes->integers("nodes_featureids").size());
}

base::Status evaluate(EvalContext& context) {
    const auto& attributes = context.attributes();
    const auto trees = readTrees(context);
    if (!trees) return trees.error();
    return evaluateTrees(context,
                         {.trees = *trees,
                          .targets = attributes.integer("n_targets", 1),
                          .aggregate = static_cast<Aggregate>(attributes.integer("aggregate_function", 1)),
                          .transform = static_cast<PostTransform>(attributes.integer("post_transform", 0)),
                          .type = context.in(0).type()});
}

base::ParamSpec ranged(base::ParamSpec spec, double least, std::optional<double> most) {
    spec.minimum = least;
    spec.maximum = most;
    return spec;
}

}  // namespace

Op aiOnnxMlTreeEnsembleOp() {
    return {
        .name = "TreeEnsemble",
        .domain = "ai.onnx.ml",
        .sinceVersion = 5,
        .family = Family::control,
        .summary = "The aggregated votes of decision trees, one score a target",
        .inputs = {{"X", kTypes, "T"}},
        .outputs = {{"Y", kTypes, "T"}},
        .attributes =
            {ranged(integerAttribute("aggregate_function", 1, "0 average, 1 sum, 2 least, 3 greatest"), 0, 3),
             integersAttribute("leaf_targetids", "target a leaf votes for", true),
             ranged(integerAttribute("n_targets", 1, "number of targets"), 1, {}),
             integersAttribute("nodes_falseleafs", "1: failing rows end at a leaf", true),
             integersAttribute("nodes_falsenodeids", "node or leaf where failing rows go", true),
             integersAttribute("nodes_featureids", "feature a node tests", true),
             integersAttribute("nodes_missing_value_tracks_true", "1: rows without the feature pass"),
             integersAttribute("nodes_trueleafs", "1: passing rows end at a leaf", true),
             integersAttribute("nodes_truenodeids", "node or leaf where passing rows go", true),
             ranged(integerAttribute("post_transform", 0,
                                     "0 none, 1 softmax, 2 logistic, 3 softmax zero, 4 probit"),
                    0, 4),
             integersAttribute("tree_roots", "first node of each tree", true)},
        .otherAttributes = {"leaf_weights", "membership_values", "nodes_hitrates", "nodes_modes",
                            "nodes_splits"},
        .infer = infer,
        .cost = cost,
        .evaluate = evaluate};
}

}  // namespace lathe::ops
