// The nodes that a value is computed by, found in a graph that is still being edited.
#pragma once

#include <optional>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/ir/graph.h"

namespace lathe::ops {

// Used by one thread. Bodies of nodes that exist at the first question are known, later ones are not.
class Producers {
  public:
    explicit Producers(const ir::Graph& graph) : m_graph(graph) {}

    // Each node after those it depends on; nothing is looked at behind the values of `stops`. On a cycle some
    // order.
    std::vector<ir::NodeId> of(ir::ValueId value, const std::unordered_set<ir::ValueId>& stops);
    // What a node reads: its inputs, and what its bodies read from outside.
    std::vector<ir::ValueId> readBy(ir::NodeId node);

  private:
    void findCaptures();

    const ir::Graph& m_graph;
    std::optional<std::unordered_map<ir::NodeId, std::vector<ir::ValueId>>> m_captures;
};

}  // namespace lathe::ops
