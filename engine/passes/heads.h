// Heads of detectors: a convolution whose result is only turned and reshaped, so that its outputs may stand
// in any order.
#pragma once

#include <optional>
#include <span>

#include "engine/passes/conv_rows.h"

namespace lathe::passes {

// Conv -> Transpose -> Reshape, each read by the next one alone, all in one sub-graph.
struct Head {
    ir::NodeId conv, transpose, reshape;
    ConvRows rows;
};
std::optional<Head> headOf(const ir::Editor& editor, ir::NodeId conv);

// True when one Conv, one Transpose and one Reshape of both outputs together can do what these do apart: same
// window, same turn to channels last, same shapes but for the last dimension, and as many anchors.
bool joinable(const ir::Graph& graph, const Head& a, const Head& b);

// Conv -> Transpose -> Split over x in place of the convolutions and transposes of the heads. `rows` has the
// outputs of the heads one behind the other.
void joinHeads(ir::Editor& editor, std::span<const Head> heads, ir::ValueId x, const ConvRows& rows);

}  // namespace lathe::passes
