// Merging per-channel arithmetic y = scale * x + shift into the weights of a linear operator beside it.
// Conv, ConvTranspose, Gemm and MatMul with constant weights that nobody else reads. Computed in float64.
#pragma once

#include <optional>
#include <vector>

#include "engine/ir/editor.h"

namespace lathe::passes {

struct ChannelAffine {
    std::vector<double> scale;  // empty: 1
    std::vector<double> shift;  // empty: 0
};

struct LinearChannels {
    int64_t count = 0;
    int64_t fromEnd = 0;  // the channel axis of the activation, counted from its last axis
};

// Channels of the result and of the activation of a linear node with constant weights; nothing for other
// nodes.
std::optional<LinearChannels> outputChannels(const ir::Editor& editor, ir::NodeId node);
std::optional<LinearChannels> inputChannels(const ir::Editor& editor, ir::NodeId node);

// A constant operand as one number a channel; nothing when it varies along another axis.
std::optional<std::vector<double>> perChannel(const ir::Graph& graph, ir::ValueId constant,
                                              const LinearChannels& channels);

// node(x) becomes scale * node(x) + shift. False, and nothing done, when that cannot be expressed.
bool foldAfter(ir::Editor& editor, ir::NodeId node, const ChannelAffine& affine);
// node(x) becomes node(scale * x + shift). A shift needs a convolution without padding.
bool foldBefore(ir::Editor& editor, ir::NodeId node, const ChannelAffine& affine);

}  // namespace lathe::passes
