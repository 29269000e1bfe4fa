// Geometry of windows that slide over spatial axes: convolution and pooling.
//
//   size of the window      e = dilation*(kernel - 1) + 1
//   output                  floor((input + padBefore + padAfter - e) / stride) + 1
//   output, ceil mode       ceil(...) + 1, but no window starts behind input + padBefore
//   auto_pad SAME_*         ceil(input / stride); the pads follow, the odd one after (UPPER) or before
//   (LOWER) auto_pad VALID          no pads
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/param_spec.h"
#include "engine/base/result.h"
#include "engine/ir/attribute.h"
#include "engine/ir/dim.h"

namespace lathe::ops {

enum class AutoPad : uint8_t { notSet, sameUpper, sameLower, valid };

struct Window {
    std::vector<int64_t> kernel, strides, dilations, padsBefore, padsAfter;  // one item a spatial axis
    AutoPad autoPad = AutoPad::notSet;
    bool ceilMode = false;

    size_t rank() const { return kernel.size(); }
    int64_t extent(size_t axis) const { return dilations[axis] * (kernel[axis] - 1) + 1; }
    int64_t kernelCount() const;
};

// Reads strides, dilations, pads, auto_pad and ceil_mode; the kernel is given since it may come from a
// weight. The error says what is wrong with the attributes, without naming the node.
base::Result<Window> readWindow(const ir::Attributes& attributes, std::vector<int64_t> kernel);
std::vector<base::ParamSpec> windowAttributes();

// Size of one output axis.
ir::Dim windowOutput(const Window& window, size_t axis, const ir::Dim& input);
// The window with SAME_* pads turned into numbers, and the output sizes; nothing when a window does not fit.
struct PlacedWindow {
    Window window;
    std::vector<int64_t> input, output;
};
base::Result<PlacedWindow> placeWindow(Window window, std::span<const int64_t> input);

// For one kernel position: runs of output elements whose input elements lie inside the input.
//   out[output + i] uses in[input + i*step], i < count
struct WindowRun {
    int64_t output = 0, input = 0, count = 0;
};
struct WindowRuns {
    int64_t step = 1;
    int64_t inputCount = 1, outputCount = 1;
    std::vector<std::vector<WindowRun>> runs;  // one list a kernel position, row-major
};
WindowRuns windowRuns(const PlacedWindow& placed);

}  // namespace lathe::ops
