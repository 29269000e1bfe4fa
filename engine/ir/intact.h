// Whether a graph still has its weights.
#pragma once

#include "engine/base/result.h"
#include "engine/ir/graph.h"

namespace lathe::ir {

// An error that names the file when another program shortened one that holds weights of this graph, and
// somebody met a missing page (base::guardShortenedFiles): those weights read as zeros. Costs nothing as long
// as that never happened.
base::Status checkIntact(const Graph& graph);

}  // namespace lathe::ir
