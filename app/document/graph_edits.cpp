#include "app/document/graph_edits.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <unordered_set>

#include "engine/base/text.h"
#include "engine/ir/editor.h"
#include "engine/ir/verify.h"

namespace lathe::app {
namespace {

base::Status checkName(std::string_view name) {
    if (name.empty()) return base::Error::badInput("The name is empty. Type at least one character.");
    if (std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
        return base::Error::badInput("The name holds a line break or another control character. Remove it.");
    return {};
}

// Values that a node and what is inside it read from the main graph.
void collectReads(const ir::Graph& graph, ir::NodeId id, std::set<ir::ValueId>& reads) {
    const auto add = [&](ir::ValueId value) {
        if (value && graph.value(value).subgraph() == ir::kMain) reads.insert(value);
    };
    for (const ir::ValueId input : graph.node(id).inputs()) add(input);
    for (const ir::SubgraphId body : ir::bodiesOf(graph, id)) {
        for (const ir::NodeId inner : graph.order(body)) collectReads(graph, inner, reads);
        for (const ir::ValueId output : graph.subgraph(body).outputs) add(output);
    }
}

// The node of the main graph that a node is in, or is.
ir::NodeId mainOwner(const ir::Graph& graph, ir::NodeId node) {
    for (int depth = 0; depth < 64 && node && graph.contains(node); ++depth) {
        const ir::SubgraphId around = graph.node(node).subgraph();
        if (around == ir::kMain) return node;
        node = graph.subgraph(around).owner;
    }
    return {};
}

class Cutter {
  public:
    Cutter(const ir::GraphPtr& graph, const std::set<ir::NodeId>& kept)
        : m_graph(*graph), m_editor(graph), m_kept(kept) {}

    base::Result<ir::GraphPtr> cut() {
        findBorder();
        if (m_outputs.empty())
            return base::Error::badInput(
                "The selected nodes make nothing that could be an output. Select nodes that compute "
                "something.");
        for (const ir::ValueId input : m_inputs)
            if (m_graph.value(input).type().element == tensor::DataType::undefined &&
                m_graph.value(input).type().kind != ir::ValueType::Kind::sequence)
                return base::Error::badInput(fmt::format(
                    "The type of {} is not known, so it cannot be an input. Select the node that makes it "
                    "too, or cut at another place.",
                    m_graph.value(input).name()));
        m_editor.setGraphOutputs(ir::kMain, m_outputs);
        removeOthers();
        m_editor.setGraphInputs(ir::kMain, m_inputs);
        removeUnread();
        auto result = m_editor.finish();
        if (auto status = ir::verify(*result); !status) return status.error();
        return result;
    }

  private:
    bool kept(ir::NodeId node) const { return m_kept.contains(node); }

    void findBorder() {
        std::set<ir::ValueId> read, readElsewhere;
        for (const ir::NodeId node : m_graph.order())
            collectReads(m_graph, node, kept(node) ? read : readElsewhere);
        for (const ir::ValueId value : m_graph.outputs()) readElsewhere.insert(value);
        // Inputs keep their order; what other nodes made comes behind them in order of execution.
        for (const ir::ValueId input : m_graph.inputs())
            if (read.contains(input)) m_inputs.push_back(input);
        for (const ir::NodeId node : m_graph.order())
            for (const ir::ValueId value : m_graph.node(node).outputs()) {
                if (!value) continue;
                if (!kept(node) && read.contains(value)) m_inputs.push_back(value);
                // What nobody reads at all is an end of its own.
                if (kept(node) && (readElsewhere.contains(value) || !read.contains(value)))
                    m_outputs.push_back(value);
            }
        dropNeedless(readElsewhere);
    }

    // Second outputs that nobody asked for (a mask, a state) do not become outputs while there are others.
    void dropNeedless(const std::set<ir::ValueId>& readElsewhere) {
        const auto wanted = [&](ir::ValueId value) { return readElsewhere.contains(value); };
        if (std::any_of(m_outputs.begin(), m_outputs.end(), wanted))
            std::erase_if(m_outputs, [&](ir::ValueId value) { return !wanted(value); });
    }

    void removeOthers() {
        const auto order = m_graph.order();
        for (size_t i = order.size(); i-- > 0;) {
            const ir::NodeId node = order[i];
            if (kept(node)) continue;
            const auto outputs = m_graph.node(node).outputs();
            const std::vector<ir::ValueId> made(outputs.begin(), outputs.end());
            m_editor.setOutputs(node, {});  // so that what becomes an input outlives the node
            for (const ir::ValueId value : made)
                if (value && std::find(m_inputs.begin(), m_inputs.end(), value) == m_inputs.end())
                    m_editor.removeValue(value);
            m_editor.removeNode(node);
        }
    }

    // Inputs and weights that only other nodes read.
    void removeUnread() {
        const ir::Graph& now = m_editor.graph();
        std::set<ir::ValueId> needed(m_inputs.begin(), m_inputs.end());
        needed.insert(m_outputs.begin(), m_outputs.end());
        for (const ir::NodeId node : m_kept) collectReads(now, node, needed);
        for (uint32_t v = 0; v < now.valueLimit(); ++v) {
            const ir::ValueId value{v};
            if (!now.contains(value) || now.value(value).subgraph() != ir::kMain) continue;
            if (!now.value(value).producer() && !needed.contains(value)) m_editor.removeValue(value);
        }
    }

    const ir::Graph& m_graph;
    ir::Editor m_editor;
    const std::set<ir::NodeId>& m_kept;
    std::vector<ir::ValueId> m_inputs, m_outputs;
};

}  // namespace

base::Result<ir::GraphPtr> withNodeNamed(const ir::GraphPtr& graph, ir::NodeId node, std::string_view name) {
    name = base::trimmed(name);
    if (auto status = checkName(name); !status) return status.error();
    for (uint32_t n = 0; n < graph->nodeLimit(); ++n)
        if (n != node.index && graph->contains(ir::NodeId{n}) && graph->node({n}).name() == name)
            return base::Error::badInput(fmt::format("Another node ({}) is called {}. Choose another name.",
                                                     graph->node({n}).op(), name));
    ir::Editor editor(graph);
    editor.setName(node, name);
    return editor.finish();
}

base::Result<ir::GraphPtr> withValueNamed(const ir::GraphPtr& graph, ir::ValueId value,
                                          std::string_view name) {
    name = base::trimmed(name);
    if (auto status = checkName(name); !status) return status.error();
    for (uint32_t v = 0; v < graph->valueLimit(); ++v)
        if (v != value.index && graph->contains(ir::ValueId{v}) && graph->value({v}).name() == name)
            return base::Error::badInput(
                fmt::format("Another tensor of the model is called {}. Choose another name.", name));
    ir::Editor editor(graph);
    editor.setName(value, name);
    return editor.finish();
}

base::Result<ir::GraphPtr> cutOut(const ir::GraphPtr& graph, const std::vector<ir::NodeId>& nodes) {
    std::set<ir::NodeId> kept;
    for (const ir::NodeId node : nodes)
        if (graph->contains(node) && graph->node(node).subgraph() == ir::kMain) kept.insert(node);
    for (const ir::NodeId node : nodes) {
        if (!graph->contains(node)) continue;
        const ir::NodeId owner = mainOwner(*graph, node);
        if (!owner)
            return base::Error::badInput(fmt::format(
                "{} is part of a function, not of the main graph. Select nodes of the main graph.",
                graph->node(node).label()));
        if (!kept.contains(owner))
            return base::Error::badInput(fmt::format(
                "{} is inside {}. Select {} itself: it is cut out with all that is inside it.",
                graph->node(node).label(), graph->node(owner).label(), graph->node(owner).label()));
    }
    if (kept.empty()) return base::Error::badInput("No node is selected. Select the nodes to cut out.");
    if (kept.size() == graph->order().size())
        return base::Error::badInput("The whole model is selected. Select the part to cut out.");
    return Cutter(graph, kept).cut();
}

std::vector<ir::NodeId> counterparts(const ir::Graph& graph, const std::vector<ir::NodeId>& nodes,
                                     const ir::Graph& other) {
    std::unordered_set<uint32_t> origins;
    for (const ir::NodeId node : nodes)
        if (graph.contains(node))
            for (const ir::NodeId origin : graph.node(node).origins()) origins.insert(origin.index);
    std::vector<ir::NodeId> found;
    for (uint32_t n = 0; n < other.nodeLimit(); ++n) {
        if (!other.contains(ir::NodeId{n})) continue;
        const auto theirs = other.node({n}).origins();
        if (std::any_of(theirs.begin(), theirs.end(),
                        [&](ir::NodeId origin) { return origins.contains(origin.index); }))
            found.push_back({n});
    }
    return found;
}

}  // namespace lathe::app
