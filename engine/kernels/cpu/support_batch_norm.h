// BatchNormalization with known statistics is a scale and a shift a channel.
#pragma once

#include <vector>

#include "engine/kernels/cpu/support_site.h"

namespace lathe::kernels {

struct ScaleShift {
    std::vector<float> scale, shift;  // one a channel
};

// Float, everything but the input constant, no other outputs.
bool isKnownBatchNorm(const Site& site);
ScaleShift batchNormOf(const Site& site);

}  // namespace lathe::kernels
