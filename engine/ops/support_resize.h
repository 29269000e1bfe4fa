// What the attributes and inputs of a Resize say about each axis: its new size, its scale, and which elements
// its elements mix.
#pragma once

#include <vector>

#include "engine/base/result.h"
#include "engine/ir/graph.h"
#include "engine/ops/support_resample.h"
#include "engine/tensor/tensor.h"

namespace lathe::ops {

// Null: omitted.
struct ResizeInputs {
    const tensor::Tensor* roi = nullptr;
    const tensor::Tensor* scales = nullptr;
    const tensor::Tensor* sizes = nullptr;
};

struct ResizeAxis {
    double scale = 1, roiStart = 0, roiEnd = 1;
    int64_t output = 0;
};

// The axes that roi, scales and sizes speak of.
base::Result<std::vector<size_t>> resizedAxes(const ir::Attributes& attributes, size_t rank);
// One scale for all axes, as the policy wants it.
double commonResizeScale(const std::vector<double>& scales, std::string_view policy);
// One for each axis of the shape.
base::Result<std::vector<ResizeAxis>> resizeAxes(const ir::Attributes& attributes, const tensor::Shape& shape,
                                                 const ResizeInputs& inputs);

// Texts are those of the attributes.
ResampleOptions resampleOptions(const ir::Attributes& attributes);
// For each axis the taps of its elements; none when it stays as it is or becomes empty.
std::vector<std::vector<Taps>> resizeTaps(const ir::Attributes& attributes, const tensor::Shape& shape,
                                          const std::vector<ResizeAxis>& axes);

}  // namespace lathe::ops
