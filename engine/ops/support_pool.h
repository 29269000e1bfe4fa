// What the pooling ops share: input [N, C, spatial...] checked, windows placed.
#pragma once

#include "engine/ops/eval_context.h"
#include "engine/ops/infer_context.h"
#include "engine/ops/support_window.h"

namespace lathe::ops {

// The output shape of a pooling of input 0 with kernel_shape, as far as it is known.
base::Result<std::optional<ir::SymbolicShape>> poolShape(const InferContext& context);
base::Result<ir::SymbolicShape> poolShape(const InferContext& context, const ir::SymbolicShape& x);
// [N, C, 1, ...] for the global poolings.
base::Status inferGlobalPool(InferContext& context);

struct PoolPlan {
    PlacedWindow placed;
    WindowRuns runs;
    int64_t planes = 0;  // N*C
    tensor::Shape outputShape;
};
base::Result<PoolPlan> planPool(const EvalContext& context, const tensor::Tensor& x);
base::Result<PoolPlan> planPool(const EvalContext& context, const tensor::Shape& x);

// The mean of each window of planes x: over the elements inside the input, or with includePads inside the
// padded input.
std::vector<double> averages(const PoolPlan& plan, std::span<const double> x, bool includePads);

// Where input 0 of a global pooling is cut: planes and elements in one. An error names the node.
struct GlobalPool {
    int64_t planes = 1, size = 1;
    tensor::Shape outputShape;
};
base::Result<GlobalPool> planGlobalPool(const EvalContext& context, const tensor::Tensor& x);

// kernel_shape is required here, unlike for convolutions; ceil_mode is there.
std::vector<base::ParamSpec> poolAttributes();

}  // namespace lathe::ops
