// Statistics of every index along one axis: of every output channel of a weight, of every channel of an
// activation. A value.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/tensor/tensor.h"

namespace lathe::inspector {

struct ChannelStatistics {
    int64_t channel = 0;
    double minimum = 0, maximum = 0, mean = 0, deviation = 0;
    double norm = 0;       // sqrt(sum x^2) of the looked-at elements
    double zeroShare = 0;  // of the looked-at elements
    int64_t count = 0;     // finite elements that were looked at
};

// Looks at two million elements in all at most, evenly spread over every channel; empty for types without
// real numbers.
std::vector<ChannelStatistics> channelStatistics(const tensor::Tensor& tensor, int axis);

}  // namespace lathe::inspector
