// Runs a model over a dataset and keeps the distribution of chosen values.
#pragma once

#include <map>
#include <span>

#include "engine/base/progress.h"
#include "engine/compress/quantize/ranges.h"
#include "engine/data/dataset.h"
#include "engine/ir/graph.h"

namespace lathe::compress::quantize {

struct CalibrationOptions {
    int64_t samples = 512;
    int64_t batchSize = 16;  // models with a fixed batch are fed that many
};

// The model must have one input without default; samples are given its shape when they have its number of
// elements. The error names the input, the sample or the node.
base::Result<std::map<ir::ValueId, Histogram>> calibrate(const ir::GraphPtr& graph,
                                                         std::span<const ir::ValueId> values,
                                                         const data::Dataset& dataset,
                                                         const CalibrationOptions& options,
                                                         const base::Progress& progress);

}  // namespace lathe::compress::quantize
