// Convolutions as stacks of filters: what is needed to join several into one or to change the order of their
// outputs. Weights keep their type; only bytes move.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/ir/editor.h"

namespace lathe::passes {

// A Conv with constant floating-point weights, and a bias of one number an output (zeros when it has none).
struct ConvRows {
    tensor::Tensor weights;  // [outputs, inputs / group, kernel...]
    tensor::Tensor bias;     // [outputs]
    bool hasBias = false;
    int64_t group = 1;
};
std::optional<ConvRows> convRows(const ir::Graph& graph, ir::NodeId conv);

// True when both move the same window over the same input: attributes and kernel sizes agree.
bool sameWindow(const ir::Graph& graph, ir::NodeId a, ir::NodeId b);
// True for kernels of size 1 without padding.
bool isPointwise(const ir::Graph& graph, ir::NodeId conv);

// The filters of `parts` one behind the other; they agree in type, group and kernel.
ConvRows stacked(std::span<const ConvRows> parts);
// Filter i of the result is filter order[i].
ConvRows reordered(const ConvRows& rows, std::span<const int64_t> order);

// A Conv of x with these filters, otherwise like `model`, typed. The group is that of `rows`.
ir::NodeId addConv(ir::Editor& editor, ir::NodeId model, ir::ValueId x, const ConvRows& rows,
                   ir::NodeList origins);

}  // namespace lathe::passes
