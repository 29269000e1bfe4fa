// Derivatives of what slides windows over spatial axes: convolution and mean pooling.
//
// With y[o] = sum over k of x[o*stride + k*dilation - pad] * w[k] along each axis,
//
//   dx spreads dy: a transposed convolution by w, cut or filled up to the size of x
//   dw[k] = sum over o of x[o*stride + k*dilation - pad] * dy[o]: a convolution of x by dy whose strides are
//   the dilations and whose dilations are the strides, with the channels in the place of the batch
#pragma once

#include "engine/ops/gradient_context.h"
#include "engine/ops/support_window.h"

namespace lathe::ops {

struct SlideGeometry {
    Window window;  // its pads are numbers
    // Sizes of the spatial axes, when they are known; both or none.
    std::vector<int64_t> input, output;
    bool placed() const { return !input.empty(); }
};

// The window of the node over its input 0; the kernel is that of `weight`, or kernel_shape where that is
// invalid. An error when the pads or the size depend on what is not known.
base::Result<SlideGeometry> slideGeometry(const GradientContext& context, ir::ValueId weight);

// dx from dy [N, C, output...] and w [C, C', kernel...].
ir::ValueId spreadBack(GradientContext& context, const SlideGeometry& geometry, ir::ValueId dy, ir::ValueId w,
                       int64_t groups);
// dw [M, C/groups, kernel...] from x [N, C, input...] and dy [N, M, output...].
ir::ValueId meetKernel(GradientContext& context, const SlideGeometry& geometry, ir::ValueId x, ir::ValueId dy,
                       int64_t groups);

// A kernel [1, 1, kernel...] of ones.
ir::ValueId windowOfOnes(GradientContext& context, const SlideGeometry& geometry);
// How many elements each window holds, in a shape that broadcasts against the output.
base::Result<ir::ValueId> windowCounts(GradientContext& context, const SlideGeometry& geometry,
                                       bool includePads);

}  // namespace lathe::ops
