// Ops that only choose among the channels of [N, C, H, W]: Concat, Split, Slice and Gather along the
// channels, and the `lathe` ChannelShuffle.
//
// ChannelShuffle joins its inputs along the channels, sees them as [N, group, C / group, H, W], turns the two
// inner axes of channels, and splits the result among its outputs. Attribute `group`.
#pragma once

#include <optional>
#include <vector>

#include "engine/kernels/cpu/support_site.h"

namespace lathe::kernels {

inline constexpr int64_t kNoChannel = -1;  // zeros
struct ChannelSource {
    size_t input = 0;
    int64_t channel = 0;
    bool operator==(const ChannelSource&) const = default;
};
// Where each channel of an output comes from.
using ChannelMap = std::vector<ChannelSource>;

// A float tensor of rank 4.
bool isImage(const Site& site, size_t input);

// One map an output, empty for an output that is not wanted. Nothing for nodes that do anything else, and for
// other types than float32.
std::optional<std::vector<ChannelMap>> channelMaps(const Site& site);

}  // namespace lathe::kernels
