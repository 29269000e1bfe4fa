// Task metrics of one variant on a dataset.
#pragma once

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/data/dataset.h"
#include "engine/evaluate/evaluation.h"
#include "engine/runtime/session.h"

namespace lathe::evaluate {

struct EvaluateOptions {
    int64_t limit = -1;  // samples at most, spread evenly over the dataset; -1: all
    int64_t batch = 0;   // samples a run where the model's batch dimension is free; 0: chosen
    int topK = 5;        // "top1" always, and this one when there are that many classes
};

// Runs every sample and judges the first output that holds one score a class. Metrics need labels; without
// them the answers are still filled in, for comparing variants. The error names the input and what the
// dataset offers.
base::Result<Evaluation> evaluate(runtime::Session& session, const data::Dataset& dataset,
                                  const EvaluateOptions& options, const base::Progress& progress);

// Whether two variants answered the same samples of one dataset, preprocessed alike: only then do their
// answers and metrics compare.
bool sameSamples(const Evaluation& a, const Evaluation& b);

// How two variants answered the same samples; total is 0 when they did not.
PairedCounts pairedCounts(const Evaluation& a, const Evaluation& b);

}  // namespace lathe::evaluate
