// How many bytes of intermediate values are alive at each step of a run, from shapes alone: from the step
// that computes a value to the last one that reads it. What fusing and views save is not taken off, so a
// plan's arena may be smaller.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/ir/graph.h"

namespace lathe::app {

struct LiveMemory {
    struct Step {
        ir::NodeId node;
        uint64_t bytes = 0;
    };
    std::vector<Step> steps;  // in the order of a run
    size_t peak = 0;          // index of the largest step
    int64_t unknown = 0;      // values whose shape is not known; not counted
};

// Of the main graph, whose shapes should be concrete.
base::Result<LiveMemory> liveMemory(const ir::Graph& graph, const base::Progress& progress);

}  // namespace lathe::app
