#include "engine/ir/topology.h"

#include <algorithm>
#include <queue>

#include "engine/ir/graph.h"

namespace lathe::ir {

std::vector<SubgraphId> bodiesOf(const Graph& graph, NodeId id) {
    std::vector<SubgraphId> bodies;
    for (const auto& [name, attribute] : graph.node(id).attributes()) {
        if (const auto* one = std::get_if<SubgraphId>(&attribute)) bodies.push_back(*one);
        if (const auto* many = std::get_if<std::vector<SubgraphId>>(&attribute))
            bodies.insert(bodies.end(), many->begin(), many->end());
    }
    return bodies;
}

Topology::Topology(const Graph& graph) {
    const uint32_t nodes = graph.nodeLimit(), values = graph.valueLimit();
    m_orders.resize(graph.subgraphLimit());

    m_useStart.assign(values + 1, 0);
    for (uint32_t n = 0; n < nodes; ++n)
        if (graph.contains(NodeId{n}))
            for (const auto input : graph.nodeData({n}).inputs)
                if (input) ++m_useStart[input.index + 1];
    for (uint32_t v = 0; v < values; ++v) m_useStart[v + 1] += m_useStart[v];
    m_uses.resize(m_useStart.back());
    auto fill = m_useStart;
    for (uint32_t n = 0; n < nodes; ++n) {
        if (!graph.contains(NodeId{n})) continue;
        const auto& inputs = graph.nodeData({n}).inputs;
        for (uint32_t i = 0; i < inputs.size(); ++i)
            if (inputs[i]) m_uses[fill[inputs[i].index]++] = {NodeId{n}, i};
    }

    // A node waits for the producers of its inputs in its own sub-graph; an owner of a body waits for
    // whatever the body reads from the owner's sub-graph. Lift a use inside a body to the ancestor that lives
    // beside the producer.
    const auto beside = [&](NodeId user, SubgraphId home) {
        while (user && graph.nodeData(user).subgraph != home)
            user = graph.subgraph(graph.nodeData(user).subgraph).owner;
        return user;
    };
    std::vector<uint32_t> waiting(nodes, 0);
    const auto forEachEdge = [&](NodeId producer, auto&& visit) {
        const auto home = graph.nodeData(producer).subgraph;
        for (const auto output : graph.nodeData(producer).outputs)
            if (output)
                for (const auto& use : uses(output))
                    if (const auto user = beside(use.node, home)) visit(user);
    };
    // A body may also return an outer value directly.
    std::vector<std::pair<NodeId, NodeId>> returned;
    for (uint32_t s = 0; s < graph.subgraphLimit(); ++s) {
        if (!graph.contains(SubgraphId{s})) continue;
        for (const auto output : graph.subgraph({s}).outputs) {
            if (!output || !graph.contains(output)) continue;
            const auto producer = graph.valueData(output).producer;
            const auto owner = graph.subgraph({s}).owner;
            if (!producer || !owner || graph.nodeData(producer).subgraph == SubgraphId{s}) continue;
            if (const auto user = beside(owner, graph.nodeData(producer).subgraph))
                returned.emplace_back(producer, user);
        }
    }
    std::sort(returned.begin(), returned.end());
    const auto returnedBy = [&](NodeId producer, auto&& visit) {
        for (auto it = std::lower_bound(returned.begin(), returned.end(), std::pair{producer, NodeId{0}});
             it != returned.end() && it->first == producer; ++it)
            visit(it->second);
    };
    for (uint32_t n = 0; n < nodes; ++n) {
        if (!graph.contains(NodeId{n})) continue;
        const auto count = [&](NodeId user) { ++waiting[user.index]; };
        forEachEdge(NodeId{n}, count);
        returnedBy(NodeId{n}, count);
    }
    std::priority_queue<uint32_t, std::vector<uint32_t>, std::greater<>> ready;
    for (uint32_t n = 0; n < nodes; ++n)
        if (graph.contains(NodeId{n}) && waiting[n] == 0) ready.push(n);
    size_t placed = 0;
    while (!ready.empty()) {
        const NodeId id{ready.top()};
        ready.pop();
        m_orders[graph.nodeData(id).subgraph.index].push_back(id);
        ++placed;
        const auto release = [&](NodeId user) {
            if (--waiting[user.index] == 0) ready.push(user.index);
        };
        forEachEdge(id, release);
        returnedBy(id, release);
    }
    if (placed != graph.nodeCount())
        for (uint32_t n = 0; n < nodes; ++n)
            if (graph.contains(NodeId{n}) && waiting[n] > 0) m_cyclic.push_back({n});
}

}  // namespace lathe::ir
