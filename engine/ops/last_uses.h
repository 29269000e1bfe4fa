// When a run may forget a value: after which node of its own sub-graph nobody reads it any more.
#pragma once

#include <span>
#include <vector>

#include "engine/ir/graph.h"

namespace lathe::ops {

class LastUses {
  public:
    // Needs a graph without cycles. Values that a sub-graph hands out are never freed within it.
    explicit LastUses(const ir::Graph& graph);

    // The values nobody needs once this node has run; inputs and constants of the sub-graph among them.
    std::span<const ir::ValueId> freedAfter(ir::NodeId node) const {
        return {m_freed.data() + m_start[node.index], m_start[node.index + 1] - m_start[node.index]};
    }

  private:
    std::vector<uint32_t> m_start;
    std::vector<ir::ValueId> m_freed;
};

}  // namespace lathe::ops
