// What If, Loop and Scan share.
#pragma once

#include "engine/ops/eval_context.h"
#include "engine/ops/infer_context.h"

namespace lathe::ops {

// What holds for values of either type: dimensions that differ become unknown, ranks that differ no shape.
ir::ValueType joined(const ir::ValueType& a, const ir::ValueType& b);

// One tensor with a new first dimension made of equal tensors, each one step of a loop. An error names the
// step whose shape differs. Without any step the shape is [0]: what a step would give is not known.
base::Result<tensor::Tensor> stacked(const EvalContext& context, const std::vector<tensor::Tensor>& steps,
                                     tensor::DataType type, size_t axis, bool reversed);
// Step `index` along an axis of a tensor, without that axis.
base::Result<tensor::Tensor> stepOf(const EvalContext& context, const tensor::Tensor& whole, size_t axis,
                                    int64_t index);

}  // namespace lathe::ops
