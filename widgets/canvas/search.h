// Finding nodes by name, op or the names of their tensors.
#pragma once

#include <string_view>
#include <vector>

#include "engine/ir/graph.h"

namespace lathe::canvas {

// Nodes of the main graph whose name, op, or a tensor read or written contains the text, in order of
// execution; case of ASCII letters is ignored. "op:Conv" and "type:int8" look at these alone. Empty for an
// empty text.
std::vector<ir::NodeId> findNodes(const ir::Graph& graph, std::string_view text);

}  // namespace lathe::canvas
