// Puts the body of an If whose condition is constant in its place; nodes and values keep their ids and names.
//   y = If(true) {then: Relu(x), else: Neg(x)}        y = Relu(x)
#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

base::Result<int64_t> inlineBranches(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto node = graph.node(id);
        const auto* condition = node.is("If") ? constantInput(graph, id, 0) : nullptr;
        if (!condition || condition->type() != tensor::DataType::boolean || condition->elementCount() != 1)
            return false;
        const bool holds = condition->bytes()[0] != std::byte{0};
        const auto body = node.attributes().subgraph(holds ? "then_branch" : "else_branch");
        if (!graph.contains(body) || !graph.subgraph(body).inputs.empty()) return false;
        const auto results = graph.subgraph(body).outputs;
        const std::vector<ir::ValueId> outputs(node.outputs().begin(), node.outputs().end());
        if (results.size() < outputs.size()) return false;
        editor.emptyBody(body);
        for (size_t i = 0; i < outputs.size(); ++i) {
            if (!outputs[i]) continue;
            if (!graph.value(results[i]).type().hasRank())
                editor.setType(results[i], graph.value(outputs[i]).type());
            editor.replaceUses(outputs[i], results[i]);
        }
        editor.removeNode(id);
        return true;
    });
}

}  // namespace

Pass inlineBranchesPass() {
    return {.name = "inline_branches",
            .title = "Inline decided branches",
            .summary = "Puts the body of an If whose condition is constant in its place.",
            .run = inlineBranches};
}

}  // namespace lathe::passes
