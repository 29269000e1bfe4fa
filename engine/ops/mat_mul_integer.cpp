// MatMulInteger: y[i, j] = sum over k of (a[i, k] - aZero[i]) * (b[k, j] - bZero[j]) in 32-bit integers.
#include "engine/ops/op.h"
#include "engine/ops/support_matmul_quantized.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    auto shape = matMulShape(context, 0, 1);
    if (!shape) return shape.error();
    context.setOutput(0, tensor::DataType::int32, std::move(*shape));
    return {};
}

Cost cost(const CostContext& context) { return macCost(context, matMulMacs(context, 0)); }

base::Status evaluate(EvalContext& context) {
    const auto plan = planMatMul(context, context.in(0).shape(), context.in(1).shape());
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok;
    const auto a = centredOperand(context, 0, 2, Side::left), b = centredOperand(context, 1, 3, Side::right);
    if (!a) return a.error();
    if (!b) return b.error();
    return setCodes(context, 0, tensor::DataType::int32, plan->outputShape, multiply<int64_t>(*plan, *a, *b));
}

}  // namespace

Op matMulIntegerOp() {
    return {.name = "MatMulInteger",
            .sinceVersion = 10,
            .family = Family::quantization,
            .summary = "Matrix product of quantized numbers with sums in int32",
            .inputs = {{"A", kBytes, "T1"},
                       {"B", kBytes, "T2"},
                       {"a_zero_point", kBytes, "T1", Presence::optional},
                       {"b_zero_point", kBytes, "T2", Presence::optional}},
            .outputs = {{"Y", typeBit(tensor::DataType::int32)}},
            .attributes = {},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
