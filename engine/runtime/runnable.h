// Whether there is an evaluation for every operator of a graph.
#pragma once

#include "engine/base/result.h"
#include "engine/ir/graph.h"

namespace lathe::runtime {

// The error lists the operators that nobody can evaluate, each with a node.
base::Status checkRunnable(const ir::Graph& graph);

}  // namespace lathe::runtime
