// The private copy of the graph that a plan is made from, written in the operators that have kernels: the
// passes that recognise LayerNormalization, Gelu, Softmax and HardSwish in basic operators, and those that
// merge normalisation and padding into convolutions.
//
//   ReduceMean, Sub, Pow, ReduceMean, Add, Sqrt, Div, Mul, Add      becomes      LayerNormalization
//
// Each node of the copy knows as its origins the nodes of the user's graph it was made from, and a value of
// the copy that has an id of the user's graph is the user's value. The passes run once, without a new
// inference of types: all of them give what they make the type of what it replaces.
#include <algorithm>
#include <array>

#include "engine/ops/op.h"
#include "engine/passes/pass.h"
#include "engine/runtime/draft.h"

namespace lathe::runtime {
namespace {

constexpr std::array<std::string_view, 9> kPasses = {"remove_identities", "fold_batch_norm", "pad_into_conv",
                                                     "merge_clips",       "fuse_layer_norm", "fuse_gelu",
                                                     "fuse_softmax",      "fuse_hard_swish", "remove_unused"};

// The origins of a node that are nodes of the user's graph.
ir::NodeList usersNodes(const ir::Graph& graph, ir::NodeId node, uint32_t limit) {
    auto origins = graph.node(node).origins();
    std::erase_if(origins, [&](ir::NodeId id) { return id.index >= limit; });
    return origins;
}

// A helper node that a pass put between two others has no origin: it belongs to the node before it. False
// when there is none.
bool placeOrigins(ir::Editor& editor, uint32_t limit) {
    const auto& graph = editor.graph();
    for (uint32_t n = limit; n < graph.nodeLimit(); ++n) {
        const ir::NodeId id{n};
        if (!graph.contains(id)) continue;
        auto origins = usersNodes(graph, id, limit);
        for (auto before = id; origins.empty();) {
            const auto input = graph.node(before).input(0);
            before = input ? graph.value(input).producer() : ir::NodeId{};
            if (!before) return false;
            origins = usersNodes(graph, before, limit);
        }
        editor.setOrigins(id, std::move(origins));
    }
    return true;
}

// False when a pass made an operator that this program was built without.
bool canRun(const ir::Graph& graph, uint32_t limit) {
    for (uint32_t n = limit; n < graph.nodeLimit(); ++n)
        if (const ir::NodeId id{n};
            graph.contains(id) && !ops::find(graph.node(id).domain(), graph.node(id).op()))
            return false;
    return true;
}

// A node of the user's graph that took over others computes something else now: its results get new ids.
void renewOutputs(ir::Editor& editor, uint32_t limit) {
    const auto& graph = editor.graph();
    for (uint32_t n = 0; n < limit; ++n) {
        const ir::NodeId id{n};
        if (!graph.contains(id) || !graph.nodeData(id).origins) continue;
        const std::vector<ir::ValueId> before(graph.node(id).outputs().begin(),
                                              graph.node(id).outputs().end());
        std::vector<ir::ValueId> after;
        for (const auto value : before)
            after.push_back(value ? editor.addValue(editor.uniqueName(graph.value(value).name()),
                                                    graph.value(value).type(), graph.node(id).subgraph())
                                  : value);
        editor.setOutputs(id, after);
        for (size_t i = 0; i < before.size(); ++i)
            if (before[i]) editor.replaceUses(before[i], after[i]);
    }
}

}  // namespace

ir::GraphPtr withoutOrigins(const ir::GraphPtr& graph) {
    ir::Editor editor(graph);
    for (uint32_t n = 0; n < graph->nodeLimit(); ++n)
        if (graph->contains(ir::NodeId{n}) && graph->nodeData(ir::NodeId{n}).origins)
            editor.setOrigins(ir::NodeId{n}, {});
    return editor.changed() ? editor.finish() : graph;
}

std::span<const std::string_view> tidyingPasses() { return kPasses; }

base::Result<ir::GraphPtr> tidied(const ir::GraphPtr& graph, const base::Progress& progress) {
    ir::Editor editor(graph);
    int64_t changes = 0;
    for (const auto name : kPasses) {
        const auto* pass = passes::find(name);
        const auto options = base::complete(pass->options, {});
        if (!options) return options.error();
        passes::PassContext context{editor, *options, progress};
        const auto count = pass->run(context);
        if (!count) return count.error();
        changes += *count;
    }
    const auto limit = graph->nodeLimit();
    if (changes == 0 || !canRun(editor.graph(), limit) || !placeOrigins(editor, limit)) return graph;
    renewOutputs(editor, limit);
    return editor.finish();
}

ir::GraphPtr withoutWeights(const ir::GraphPtr& graph, uint32_t limit) {
    if (graph->subgraphLimit() > 1) return graph;  // bodies may read them
    ir::Editor editor(graph);
    for (uint32_t v = limit; v < graph->valueLimit(); ++v)
        if (graph->contains(ir::ValueId{v}) && graph->value(ir::ValueId{v}).isConstant())
            editor.setConstant(ir::ValueId{v}, tensor::Tensor::zeros(tensor::DataType::float32, {}));
    return editor.changed() ? editor.finish() : graph;
}

}  // namespace lathe::runtime
