// Gemm: y = alpha * A' B' + beta * C, where A' and B' are A and B or their transposes and C broadcasts.
#include "engine/ops/op.h"
#include "engine/ops/support_gemm.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kTypes = kFloats | typeSet(tensor::DataType::int32, tensor::DataType::int64,
                                             tensor::DataType::uint32, tensor::DataType::uint64);

base::Status evaluate(EvalContext& context) {
    const auto y = gemm(context);
    if (!y) return y.error();
    return setReals(context, 0, context.in(0).type(), y->shape, y->values);
}

}  // namespace

Op gemmOp() {
    return {.name = "Gemm",
            .sinceVersion = 13,
            .family = Family::convolution,
            .summary = "Matrix product with addend: y = alpha A' B' + beta C",
            .inputs = gemmInputs(kTypes),
            .outputs = {{"Y", kTypes, "T"}},
            .attributes = gemmAttributes(),
            .infer = inferGemm,
            .cost = gemmCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
