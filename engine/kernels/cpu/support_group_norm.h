// InstanceNormalization and GroupNormalization, which is the former with several channels together:
//
//   y = (x - mean) / sqrt(variance + epsilon) * scale[c] + bias[c]    moments over a group of channels
#pragma once

#include <optional>

#include "engine/kernels/cpu/support_site.h"

namespace lathe::kernels {

struct GroupNormShape {
    int64_t images = 0, channels = 0, places = 0;
    int64_t groupChannels = 1;  // in one group
    float epsilon = 0;
};

// Float32, one scale and bias a channel, not empty.
std::optional<GroupNormShape> groupNormShape(const Site& site);

}  // namespace lathe::kernels
