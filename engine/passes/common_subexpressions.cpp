// Computes equal things once: nodes with the same operator, inputs and attributes, and equal constants.
//   a = Relu(x); b = Relu(x); y = Add(a, b)        a = Relu(x); y = Add(a, a)
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>

#include "engine/base/hash.h"
#include "engine/ir/topology.h"
#include "engine/ops/op.h"
#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

int64_t mergeConstants(ir::Editor& editor) {
    const auto& graph = editor.graph();
    std::unordered_map<size_t, std::vector<ir::ValueId>> seen;
    int64_t count = 0;
    for (uint32_t v = 0; v < graph.valueLimit(); ++v) {
        const ir::ValueId id{v};
        if (!graph.contains(id) || graph.value(id).subgraph() != ir::kMain || isOutput(graph, id)) continue;
        const auto* constant = graph.value(id).constant();
        if (!constant || constant->type() == tensor::DataType::string || editor.uses(id).empty()) continue;
        const auto bytes = constant->bytes();
        const std::string_view view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        auto& same = seen[std::hash<std::string_view>{}(view)];
        const auto first = std::find_if(same.begin(), same.end(), [&](ir::ValueId other) {
            return *graph.value(other).constant() == *constant;
        });
        if (first == same.end()) {
            same.push_back(id);
            continue;
        }
        editor.replaceUses(id, *first);
        editor.removeValue(id);
        ++count;
    }
    return count;
}

using Key = std::tuple<uint32_t, std::string, std::string, std::vector<uint32_t>, size_t>;

base::Result<int64_t> commonSubexpressions(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    const auto constants = mergeConstants(editor);
    std::map<Key, std::vector<ir::NodeId>> seen;
    auto nodes = countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto node = graph.node(id);
        const auto* op = ops::find(node.domain(), node.op());
        if (!op || !op->deterministic || node.inputs().empty() || !ir::bodiesOf(graph, id).empty())
            return false;
        Key key{node.subgraph().index,
                std::string(node.domain()),
                std::string(node.op()),
                {},
                node.outputs().size()};
        for (const auto input : node.inputs()) std::get<3>(key).push_back(input.index);
        auto& same = seen[key];
        for (const auto first : same) {
            // An earlier replacement may have changed its inputs; then it is another expression now.
            if (!graph.contains(first) || !std::ranges::equal(graph.node(first).inputs(), node.inputs()))
                continue;
            if (!(graph.node(first).attributes() == node.attributes())) continue;
            const std::vector<ir::ValueId> from(node.outputs().begin(), node.outputs().end());
            const std::vector<ir::ValueId> to(graph.node(first).outputs().begin(),
                                              graph.node(first).outputs().end());
            bool possible = true;
            for (size_t i = 0; i < from.size(); ++i)
                if (from[i]) possible = possible && to[i] && canForward(graph, from[i], to[i]);
            if (!possible) continue;
            editor.setOrigins(first, editor.originsOf({first, id}));
            for (size_t i = 0; i < from.size(); ++i)
                if (from[i]) editor.replaceUses(from[i], to[i]);
            editor.removeNode(id);
            return true;
        }
        same.push_back(id);
        return false;
    });
    if (!nodes.ok()) return nodes.error();
    return constants + *nodes;
}

}  // namespace

Pass commonSubexpressionsPass() {
    return {.name = "common_subexpressions",
            .title = "Merge common subexpressions",
            .summary = "Computes equal expressions once and stores equal constants once.",
            .run = commonSubexpressions};
}

}  // namespace lathe::passes
