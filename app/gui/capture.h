// Runs a graph once and keeps one value of that run: what a person looks at as an activation.
#pragma once

#include <optional>

#include "app/pages/free_dimensions.h"
#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/ir/graph.h"
#include "engine/project/workspace.h"
#include "engine/tensor/tensor.h"

namespace lathe::app {

struct CaptureRequest {
    ir::GraphPtr graph;
    ir::ValueId value;
    std::optional<project::DatasetEntry> dataset;  // none: random numbers
    int64_t sample = 0;                            // of the dataset, or the seed
    FreeDimensions dimensions;                     // for random numbers
    int threads = 0;                               // 0: one per core
};

// The error says when the value is not computed in a run (a branch that was not taken, a value inside a
// loop).
base::Result<tensor::Tensor> capture(const CaptureRequest& request, const base::Progress& progress);

}  // namespace lathe::app
