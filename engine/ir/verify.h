// The rules that every reader and every pass must leave a graph in.
#pragma once

#include "engine/base/result.h"
#include "engine/ir/graph.h"

namespace lathe::ir {

// Ids are alive; producers and outputs agree; a body has one owner; values that are read come from an input,
// a constant or a node that is visible there; names of values are unique within a sub-graph; no cycles;
// constants have the bytes their shape says. The error names the node. Ops are not looked at: that is
// ops::checkNode. Any graph may be given, broken ones too.
base::Status verify(const Graph& graph);

}  // namespace lathe::ir
