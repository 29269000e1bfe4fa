// Removes nodes whose results nobody reads, optional outputs nobody asked for, and constants without readers.
//   x -> Relu -> y        x -> Relu -> y
//     \> Exp -> (unread)
#include <algorithm>

#include "engine/ops/op.h"
#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

bool isRead(const ir::Editor& editor, ir::ValueId value) {
    return !editor.uses(value).empty() || isOutput(editor.graph(), value);
}

// Gives up unread outputs that the operator declares optional.
bool dropOptionalOutputs(ir::Editor& editor, ir::NodeId id) {
    const auto node = editor.graph().node(id);
    const auto* op = ops::find(node.domain(), node.op());
    if (!op || node.outputs().size() < 2) return false;
    std::vector<ir::ValueId> kept(node.outputs().begin(), node.outputs().end());
    std::vector<ir::ValueId> dropped;
    for (size_t i = 1; i < kept.size() && i < op->outputs.size(); ++i) {
        if (!kept[i] || op->outputs[i].presence != ops::Presence::optional || isRead(editor, kept[i]))
            continue;
        dropped.push_back(kept[i]);
        kept[i] = {};
    }
    if (dropped.empty()) return false;
    while (!kept.back()) kept.pop_back();
    editor.setOutputs(id, kept);
    for (const auto value : dropped) editor.removeValue(value);
    return true;
}

base::Result<int64_t> removeUnused(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    int64_t count = 0;
    // Backwards, since users mostly have larger ids; repeated where they have not.
    for (int64_t removed = -1; removed != 0;) {
        removed = 0;
        if (auto status = context.progress.check(); !status.ok()) return status.error();
        for (uint32_t n = graph.nodeLimit(); n-- > 0;) {
            const ir::NodeId id{n};
            if (!graph.contains(id) || !isRewritable(graph, id)) continue;
            const auto outputs = graph.node(id).outputs();
            // A node without any output is there for its effect, which we do not know.
            if (outputs.empty()) continue;
            if (std::none_of(outputs.begin(), outputs.end(),
                             [&](ir::ValueId value) { return value && isRead(editor, value); })) {
                editor.removeNode(id);
                ++removed;
            } else if (dropOptionalOutputs(editor, id)) {
                ++removed;
            }
        }
        count += removed;
    }
    for (uint32_t v = 0; v < graph.valueLimit(); ++v) {
        const ir::ValueId id{v};
        if (!graph.contains(id) || graph.valueData(id).producer || graph.isInput(id) || isRead(editor, id))
            continue;
        editor.removeValue(id);
        ++count;
    }
    return count;
}

}  // namespace

Pass removeUnusedPass() {
    return {.name = "remove_unused",
            .title = "Remove unused nodes",
            .summary = "Removes nodes, optional outputs and constants that no output depends on.",
            .run = removeUnused};
}

}  // namespace lathe::passes
