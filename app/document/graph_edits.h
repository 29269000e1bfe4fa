// Edits that a person makes by hand: graph in, next graph out, or an error that says what to do instead.
// Pure; the document keeps the result as a step that can be undone.
#pragma once

#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/ir/graph.h"

namespace lathe::app {

base::Result<ir::GraphPtr> withNodeNamed(const ir::GraphPtr& graph, ir::NodeId node, std::string_view name);
base::Result<ir::GraphPtr> withValueNamed(const ir::GraphPtr& graph, ir::ValueId value,
                                          std::string_view name);

// Only the given nodes of the main graph, with their bodies. What they read from nodes that are left out
// becomes an input, what is read of them elsewhere an output; ids and weights stay. Nodes inside a body go
// with their owner.
base::Result<ir::GraphPtr> cutOut(const ir::GraphPtr& graph, const std::vector<ir::NodeId>& nodes);

// The nodes of `other`, a variant of the same model, that were made from the same source nodes.
std::vector<ir::NodeId> counterparts(const ir::Graph& graph, const std::vector<ir::NodeId>& nodes,
                                     const ir::Graph& other);

}  // namespace lathe::app
