// Measures what running a graph costs on this computer.
#pragma once

#include <span>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/ir/graph.h"
#include "engine/profile/profile.h"
#include "engine/runtime/session.h"

namespace lathe::profile {

struct MeasureOptions {
    runtime::SessionOptions session = {};
    int runs = 100;  // wall-clock runs; as many again with node clocks when `nodes` is on
    int warmup = 10;
    double seconds = 10;  // stops earlier when this much time has passed, but not before 5 runs
    bool nodes = true;
};

// Plans (timed), runs cold once, warms up, then interleaves plain runs and runs with node clocks.
base::Result<Profile> measure(const ir::GraphPtr& graph, std::span<const tensor::RuntimeValue> inputs,
                              const MeasureOptions& options, const base::Progress& progress);

// Chrome / Perfetto trace-event JSON of the median run.
std::string traceJson(const Profile& profile, const ir::Graph& graph);

}  // namespace lathe::profile
