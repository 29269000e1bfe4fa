// Statistics of a tensor for a person: range, mean, deviation, zeros, histogram. A value; computed off the
// GUI thread.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/tensor/tensor.h"

namespace lathe::inspector {

struct TensorStatistics {
    double minimum = 0, maximum = 0, mean = 0, deviation = 0;
    double zeroShare = 0;  // of the looked-at elements
    int64_t notFinite = 0;
    int64_t count = 0;           // looked at
    bool sampled = false;        // large tensors: every n-th element
    std::vector<double> values;  // the looked-at finite elements, for a histogram
};

// Looks at one million elements at most, evenly spread. `axis0` picks one index along the first axis; -1:
// all.
TensorStatistics tensorStatistics(const tensor::Tensor& tensor, int64_t axis0 = -1);

}  // namespace lathe::inspector
