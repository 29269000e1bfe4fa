// The matrix product with addend that Gemm and its fused form share: y = alpha * A' B' + beta * C.
#pragma once

#include "engine/ops/op.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {

base::Status inferGemm(InferContext& context);
Cost gemmCost(const CostContext& context);

struct GemmResult {
    tensor::Shape shape;
    Reals values;
};
base::Result<GemmResult> gemm(const EvalContext& context);

// Schema: inputs A, B, C of these types, and the attributes.
std::vector<Formal> gemmInputs(TypeSet types);
std::vector<base::ParamSpec> gemmAttributes();

}  // namespace lathe::ops
