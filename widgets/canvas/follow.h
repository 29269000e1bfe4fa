// The nodes that a selection depends on, and those that depend on it, along the wires of the main graph.
#pragma once

#include <vector>

#include "engine/ir/graph.h"

namespace lathe::canvas {

enum class Along { upstream, downstream };

// The given nodes and all that lies before or after them, by id. Linear in what is found.
std::vector<ir::NodeId> follow(const ir::Graph& graph, const std::vector<ir::NodeId>& from, Along along);
// The direct neighbours, each once, in order of the inputs or outputs that join them.
std::vector<ir::NodeId> neighbours(const ir::Graph& graph, ir::NodeId node, Along along);

}  // namespace lathe::canvas
