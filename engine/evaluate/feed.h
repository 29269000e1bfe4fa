// How a dataset's samples are given to a model: which input, how many at once, with or without a batch axis.
#pragma once

#include <vector>

#include "engine/base/result.h"
#include "engine/data/dataset.h"
#include "engine/runtime/session.h"

namespace lathe::evaluate {

struct Feed {
    size_t port = 0;        // which input of the session
    int64_t batch = 1;      // samples a run
    bool fixed = false;     // the model takes exactly `batch` samples
    bool batchAxis = true;  // false: the model takes one sample without a batch axis
};

// `wantedBatch` applies where the model leaves its batch free; 0: 32. The error names the input and what the
// dataset offers.
base::Result<Feed> fitDataset(const runtime::Session& session, const data::Dataset& dataset,
                              int64_t wantedBatch);

// The inputs of one run; values of other inputs are missing, so they take their defaults. A batch that is too
// small for the model is filled up with its own samples again, so that what is seen inside the model is what
// such samples make there.
std::vector<tensor::RuntimeValue> inputsOf(const runtime::Session& session, const Feed& feed,
                                           const tensor::Tensor& batch);

}  // namespace lathe::evaluate
