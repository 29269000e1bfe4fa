// com.microsoft MatMulIntegerToFloat: y = (A - aZero)(B - bZero) * aScale * bScale[j] + bias[j].
#include "engine/ops/op.h"
#include "engine/ops/support_matmul_quantized.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    auto shape = matMulShape(context, 0, 1);
    if (!shape) return shape.error();
    context.setOutput(0, context.element(2), std::move(*shape));
    return {};
}

Cost cost(const CostContext& context) { return macCost(context, matMulMacs(context, 0)); }

base::Status evaluate(EvalContext& context) {
    const auto plan = planMatMul(context, context.in(0).shape(), context.in(1).shape());
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok;
    const auto a = centredOperand(context, 0, 4, Side::left), b = centredOperand(context, 1, 5, Side::right);
    if (!a) return a.error();
    if (!b) return b.error();
    const auto sums = multiply<int64_t>(*plan, *a, *b);
    const auto columns = static_cast<size_t>(plan->columns);
    const auto aScale = scalarScale(context, 2);
    if (!aScale) return aScale.error();
    const auto bScale = scales(context, 3, plan->columns);
    if (!bScale) return bScale.error();
    const Reals bias = realsOr(context, 6, plan->columns, 0);
    if (bias.size() != columns) return context.error("bias has {} items, expected {}", bias.size(), columns);
    Reals y(sums.size());
    for (size_t i = 0; i < y.size(); ++i)
        y[i] = static_cast<double>(sums[i]) * static_cast<double>(*aScale * (*bScale)[i % columns]) +
               bias[i % columns];
    return setReals(context, 0, context.in(2).type(), plan->outputShape, y);
}

}  // namespace

Op comMicrosoftMatMulIntegerToFloatOp() {
    constexpr auto kOptional = Presence::optional;
    return {.name = "MatMulIntegerToFloat",
            .domain = kMicrosoft,
            .family = Family::quantization,
            .summary = "Matrix product of quantized numbers with a real result",
            .inputs = {{"A", kBytes, "T1"},
                       {"B", kBytes, "T2"},
                       {"a_scale", kFloats, "T3"},
                       {"b_scale", kFloats, "T3"},
                       {"a_zero_point", kBytes, "T1", kOptional},
                       {"b_zero_point", kBytes, "T2", kOptional},
                       {"bias", kFloats, "T3", kOptional}},
            .outputs = {{"Y", kFloats, "T3"}},
            .attributes = {},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
