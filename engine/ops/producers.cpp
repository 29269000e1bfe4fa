#include "engine/ops/producers.h"

#include "engine/ops/check.h"

namespace lathe::ops {

using ir::NodeId;
using ir::SubgraphId;
using ir::ValueId;

void Producers::findCaptures() {
    m_captures.emplace();
    const auto note = [&](ValueId value, SubgraphId reader) {
        if (!value) return;
        const auto home = m_graph.value(value).subgraph();
        for (auto at = reader; at != home;) {
            const auto owner = m_graph.subgraph(at).owner;
            if (!owner) return;
            (*m_captures)[owner].push_back(value);
            at = m_graph.node(owner).subgraph();
        }
    };
    for (uint32_t n = 0; n < m_graph.nodeLimit(); ++n)
        if (m_graph.contains(NodeId{n}))
            for (const auto input : m_graph.node({n}).inputs()) note(input, m_graph.node({n}).subgraph());
    for (uint32_t s = 1; s < m_graph.subgraphLimit(); ++s)
        if (m_graph.contains(SubgraphId{s}))
            for (const auto output : m_graph.subgraph({s}).outputs) note(output, {s});
}

std::vector<ValueId> Producers::readBy(NodeId id) {
    const auto node = m_graph.node(id);
    std::vector<ValueId> result;
    for (const auto input : node.inputs())
        if (input) result.push_back(input);
    if (hasBodies(node.attributes())) {
        if (!m_captures) findCaptures();
        if (const auto found = m_captures->find(id); found != m_captures->end())
            result.insert(result.end(), found->second.begin(), found->second.end());
    }
    return result;
}

std::vector<NodeId> Producers::of(ValueId value, const std::unordered_set<ValueId>& stops) {
    struct Open {
        NodeId node;
        std::vector<ValueId> reads;
        size_t next = 0;
    };
    std::vector<NodeId> order;
    std::unordered_set<NodeId> seen;
    std::vector<Open> open;  // a stack of its own: graphs may be deeper than the program's
    const auto enter = [&](ValueId read) {
        if (stops.contains(read)) return;
        const auto producer = m_graph.value(read).producer();
        if (producer && seen.insert(producer).second) open.push_back({producer, readBy(producer)});
    };
    enter(value);
    while (!open.empty()) {
        auto& top = open.back();
        if (top.next < top.reads.size()) {
            enter(top.reads[top.next++]);  // may move the stack
        } else {
            order.push_back(top.node);
            open.pop_back();
        }
    }
    return order;
}

}  // namespace lathe::ops
