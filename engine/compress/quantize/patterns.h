// Patterns that name nodes to be left as they are: of node names or operators, with * and ?.
#pragma once

#include <string>
#include <vector>

#include "engine/ir/change.h"
#include "engine/ir/graph.h"

namespace lathe::compress::quantize {

// True when a pattern matches the node's name or its operator.
bool matchesAny(ir::Node node, const std::vector<std::string>& patterns);

// A warning for each pattern that matches no node of the graph, bodies included: a typing error would else
// pass unnoticed.
void warnOfUnmatched(ir::Report& report, const ir::Graph& graph, const std::vector<std::string>& patterns);

}  // namespace lathe::compress::quantize
