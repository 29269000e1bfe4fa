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
    int64_t samples = 512;   // at most, spread evenly over the dataset
    int64_t batchSize = 16;  // where the model leaves its batch free
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

struct Calibration {
    std::map<ir::ValueId, Observation> seen;
    int64_t samples = 0;  // how many were used
};

// Samples are fed as evaluate::fitDataset says, so a dataset that a model can be judged on can calibrate it.
// The error names the input, the sample or the node.
base::Result<Calibration> calibrate(const ir::GraphPtr& graph, std::span<const ir::ValueId> values,
                                    const data::Dataset& dataset, const CalibrationOptions& options,
                                    const base::Progress& progress);

}  // namespace lathe::compress::quantize
