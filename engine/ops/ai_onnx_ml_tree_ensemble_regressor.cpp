// TreeEnsembleRegressor: the votes of trees, aggregated, plus the base values, transformed. The older form of
// TreeEnsemble; its leaves may vote several times.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_ml_rows.h"
#include "engine/ops/support_ml_tree_lists.h"
#include "engine/ops/support_ml_trees.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto rows = symbolicRows(context);
    if (!rows) return rows.error();
    context.setOutput(0, tensor::DataType::float32,
                      ir::SymbolicShape{rows->count, context.attributes().integer("n_targets", 1)});
    return {};
}

Aggregate aggregateOf(std::string_view name) {
    return name == "AVERAGE" ? Aggregate::average
           : name == "MIN"   ? Aggregate::least
           : name == "MAX"   ? Aggregate::greatest
                             : Aggregate::sum;
}

base::Status evaluate(EvalContext& context) {
    const auto& attributes = context.attributes();
    const auto trees = readTreeLists(attributes, "target");
    if (!trees) return context.error("{}", trees.error().message);
    return evaluateTrees(context, {.trees = *trees,
                                   .targets = attributes.integer("n_targets", 1),
                                   .aggregate = aggregateOf(attributes.text("aggregate_function", "SUM")),
                                   .transform = postTransform(attributes.text("post_transform", "NONE")),
                                   .base = realsAttributeOf(attributes, "base_values")});
}

}  // namespace

Op aiOnnxMlTreeEnsembleRegressorOp() {
    auto attributes = treeListAttributes();
    attributes.push_back(choiceAttribute("aggregate_function", {"AVERAGE", "SUM", "MIN", "MAX"}, "SUM",
                                         "what is made of the votes for a target"));
    auto targets = integerAttribute("n_targets", 1, "number of targets");
    targets.minimum = 1;
    attributes.push_back(std::move(targets));
    attributes.push_back(integersAttribute("target_ids", "target of a vote"));
    attributes.push_back(integersAttribute("target_nodeids", "leaf of a vote"));
    attributes.push_back(integersAttribute("target_treeids", "tree of a vote"));
    attributes.push_back(realsAttribute("target_weights", "weight of a vote"));
    return {.name = "TreeEnsembleRegressor",
            .domain = "ai.onnx.ml",
            .sinceVersion = 3,
            .family = Family::control,
            .summary = "The aggregated votes of decision trees, one score a target",
            .inputs = {{"X", kMlNumbers}},
            .outputs = {{"Y", kFloat32}},
            .attributes = std::move(attributes),
            .otherAttributes = {"base_values_as_tensor", "nodes_hitrates_as_tensor", "nodes_values_as_tensor",
                                "target_weights_as_tensor"},
            .infer = infer,
            .cost = treeListsCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
