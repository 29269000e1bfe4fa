// QuantizeLinear and DequantizeLinear, which the standard and ONNX Runtime's domain both have. Scale in input
// 1, zero point (optional) in input 2; attributes that an operator lacks have their defaults.
#pragma once

#include "engine/ops/op.h"

namespace lathe::ops {

base::Status inferQuantizeLinear(InferContext& context);
Cost quantizeLinearCost(const CostContext& context);
base::Status evaluateQuantizeLinear(EvalContext& context);

base::Status inferDequantizeLinear(InferContext& context);
Cost dequantizeLinearCost(const CostContext& context);
base::Status evaluateDequantizeLinear(EvalContext& context);

}  // namespace lathe::ops
