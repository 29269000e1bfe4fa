// One run over the graph, and what it needs to be told of branches: the two halves of type inference.
#pragma once

#include <map>
#include <vector>

#include "engine/base/result.h"
#include "engine/ir/editor.h"
#include "engine/ops/infer.h"

namespace lathe::ops {

// Which body an If runs: true for then_branch.
using Branches = std::map<ir::NodeId, bool>;

struct InferRun {
    base::Status status;
    // The error lies where a run always comes by: not in the body of a loop, which may run no time at all.
    bool certain = true;
    // Ifs outside of functions, reached by every run, whose outputs have no rank because the bodies disagree.
    std::vector<ir::NodeId> open;
    // Bodies that no run enters: the condition is known before.
    std::vector<ir::SubgraphId> neverRun;
};

// Infers the types of all values once, with the branches given. `quiet`: without warnings in the log.
InferRun inferOnce(ir::Editor& editor, const InferOptions& options, const Branches& branches, bool quiet);

// The branches that open Ifs must take: all nodes behind an If are inferred with either body, and where one
// of the two leads to an error no run that ends well can take it. PyTorch writes such Ifs for squeeze(axis),
// of which only one body fits the ranks that later nodes demand. At most a few dozen trials.
Branches settleBranches(const ir::Graph& graph, const InferOptions& options, const InferRun& first);

}  // namespace lathe::ops
