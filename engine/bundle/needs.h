// What a model needs of the engine: lines of ops.inc, passes.inc and kernels.inc.
#pragma once

#include <set>
#include <string>

#include "engine/base/progress.h"
#include "engine/ir/graph.h"

namespace lathe::bundle {

// Names as in the lists: "globalAveragePool".
struct Needs {
    std::set<std::string, std::less<>> ops, passes, kernels;
};

// The operators of the model, those that planning makes of them, the passes of planning, and every kernel for
// one of these operators: which of them a device takes depends on its processor and on shapes. An operator
// that is missing stops a run, so the model's own are all there. What planning makes is taken from a plan
// with every open dimension 1; where other shapes would ask for more, a device runs the model as it is, only
// slower.
Needs needsOf(const ir::GraphPtr& graph, const base::Progress& progress);

}  // namespace lathe::bundle
