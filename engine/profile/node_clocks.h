// Runs with the clocks of nodes, and what they say about each node of the user's graph.
#pragma once

#include <span>
#include <vector>

#include "engine/profile/profile.h"
#include "engine/runtime/session.h"

namespace lathe::profile {

struct ClockedRuns {
    std::vector<double> seconds;                       // wall time of each
    std::vector<std::vector<runtime::NodeTime>> runs;  // of the same runs
};

// Adds nodes, the timeline of the median run, and what the clocks cost beside profile.time.
void addNodes(Profile& profile, const ClockedRuns& clocked, const runtime::Session& session,
              std::span<const tensor::RuntimeValue> inputs);

}  // namespace lathe::profile
