// How much of a graph has a known type and shape.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/ir/graph.h"

namespace lathe::ops {

struct Coverage {
    int64_t values = 0;  // of the model and its bodies
    int64_t ranked =
        0;  // with element type and rank; a sequence, optional or map counts when its type is known
    int64_t complete = 0;  // with every dimension a number or an expression
    int64_t neverRun = 0;  // values of bodies that no run enters; not among the others
};

// Of the types recorded in the graph. `neverRun` as type inference tells it. Values of functions are not
// counted: their types differ from call to call.
Coverage coverage(const ir::Graph& graph, const std::vector<ir::SubgraphId>& neverRun);

}  // namespace lathe::ops
