// The window of a transposed convolution: which convolution it is the adjoint of.
//
//   output = stride*(input - 1) + output_padding + dilation*(kernel - 1) + 1 - padBefore - padAfter
//
// When output_shape or auto_pad SAME_* fixes the output, the pads follow from the same equation.
#pragma once

#include "engine/ops/support_window.h"

namespace lathe::ops {

struct TransposedWindow {
    Window window;
    std::vector<int64_t> outputPadding, outputShape;
};

// The error says what is wrong with the attributes, without naming the node.
base::Result<TransposedWindow> readTransposedWindow(const ir::Attributes& attributes,
                                                    std::vector<int64_t> kernel);
// Size of one output axis.
ir::Dim transposedOutput(const TransposedWindow& transposed, size_t axis, const ir::Dim& input);
// All pads as numbers. The input of the placed window is the output of the transposed convolution, as the
// convolution that it is the adjoint of reads that; `input` are the spatial sizes.
base::Result<PlacedWindow> placeTransposed(const ir::Attributes& attributes, std::vector<int64_t> kernel,
                                           std::span<const int64_t> input);

}  // namespace lathe::ops
