// Who uses a value, and in which order nodes can run. Derived from a Graph; a snapshot.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/ir/ids.h"

namespace lathe::ir {

class Graph;

struct Use {
    NodeId node;
    uint32_t input = 0;
    friend bool operator==(const Use&, const Use&) = default;
};

class Topology {
  public:
    explicit Topology(const Graph& graph);

    // Nodes of a sub-graph so that each comes after those it depends on, through bodies too; among the ready
    // ones the smallest id first, which keeps the order of a sorted file. Nodes on a cycle are left out: see
    // cyclic().
    std::span<const NodeId> order(SubgraphId id) const { return m_orders[id.index]; }
    // Inputs of nodes that read the value, in any sub-graph, by node id. Graph outputs are not uses.
    std::span<const Use> uses(ValueId id) const {
        return {m_uses.data() + m_useStart[id.index], m_useStart[id.index + 1] - m_useStart[id.index]};
    }
    // Nodes on or behind a cycle; empty in a sane graph.
    const std::vector<NodeId>& cyclic() const { return m_cyclic; }

  private:
    std::vector<std::vector<NodeId>> m_orders;
    std::vector<uint32_t> m_useStart;
    std::vector<Use> m_uses;
    std::vector<NodeId> m_cyclic;
};

// The sub-graphs a node's attributes name.
std::vector<SubgraphId> bodiesOf(const Graph& graph, NodeId id);

}  // namespace lathe::ir
