// Runs a model over a dataset and keeps the distribution of chosen values and the means of their channels.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "engine/base/progress.h"
#include "engine/compress/quantize/ranges.h"
#include "engine/data/dataset.h"
#include "engine/ir/graph.h"
#include "engine/runtime/session.h"

namespace lathe::compress::quantize {

struct CalibrationOptions {
    int64_t samples = 512;
    int64_t batchSize = 16;  // models with a fixed batch are fed that many
    runtime::Opener open = runtime::open;
};

// What was seen of one value.
struct Observation {
    Histogram histogram;
    // Sums by index of axis 1 over all samples, and how many numbers each is of; empty for values of rank
    // below 2 or whose axis 1 changes its size.
    std::vector<double> channelSums;
    int64_t channelCount = 0;

    void add(const tensor::Tensor& tensor);  // float32
    std::vector<double> channelMeans() const;
};

// The model must have one input without default; samples are given its shape when they have its number of
// elements. The error names the input, the sample or the node.
base::Result<std::map<ir::ValueId, Observation>> calibrate(const ir::GraphPtr& graph,
                                                           std::span<const ir::ValueId> values,
                                                           const data::Dataset& dataset,
                                                           const CalibrationOptions& options,
                                                           const base::Progress& progress);

}  // namespace lathe::compress::quantize
