// QLinearMatMul: matrix product of quantized numbers.
//
//   sum[i, j] = sum over k of (a - aZero) * (b - bZero)
//   y         = saturate(rne(sum * (aScale * bScale / yScale)) + yZero)
#include "engine/ops/op.h"
#include "engine/ops/support_matmul_quantized.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    auto shape = matMulShape(context, 0, 3);
    if (!shape) return shape.error();
    context.setOutput(0, context.element(7), std::move(*shape));
    return {};
}

Cost cost(const CostContext& context) { return macCost(context, matMulMacs(context, 0)); }

base::Status evaluate(EvalContext& context) {
    const auto plan = planMatMul(context, context.in(0).shape(), context.in(3).shape());
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok;
    const auto a = centredOperand(context, 0, 2, Side::left), b = centredOperand(context, 3, 5, Side::right);
    if (!a) return a.error();
    if (!b) return b.error();
    Codes y = multiply<int64_t>(*plan, *a, *b);
    const auto& shape = plan->outputShape;
    const auto aScaleAt = parameterIndices(context, context.in(1).shape(), shape, Side::left);
    const auto bScaleAt = parameterIndices(context, context.in(4).shape(), shape, Side::right);
    const auto yScaleAt = parameterIndices(context, context.in(6).shape(), shape, Side::left);
    const auto yZeroAt = parameterIndices(context, context.in(7).shape(), shape, Side::left);
    for (const auto* indices : {&aScaleAt, &bScaleAt, &yScaleAt, &yZeroAt})
        if (!*indices) return indices->error();
    const Reals aScale = reals(context.in(1)), bScale = reals(context.in(4)), yScale = reals(context.in(6));
    const Codes yZero = tensor::toIntegers(context.in(7));
    const auto type = context.in(7).type();
    const auto range = codeRange(type);
    for (size_t i = 0; i < y.size(); ++i) {
        const auto pick = [i](const Reals& values, const base::Result<std::vector<int64_t>>& at) {
            return static_cast<float>(values[static_cast<size_t>((*at)[i])]);
        };
        const float scale = pick(aScale, aScaleAt) * pick(bScale, bScaleAt) / pick(yScale, yScaleAt);
        y[i] = requantize(y[i], scale, yZero[static_cast<size_t>((*yZeroAt)[i])], range);
    }
    return setCodes(context, 0, type, shape, y);
}

}  // namespace

Op qLinearMatMulOp() {
    constexpr TypeSet kScale =
        typeSet(tensor::DataType::float32, tensor::DataType::float16, tensor::DataType::bfloat16);
    return {.name = "QLinearMatMul",
            .sinceVersion = 21,
            .family = Family::quantization,
            .summary = "Matrix product of quantized numbers with a quantized result",
            .inputs = {{"a", kBytes, "T1"},
                       {"a_scale", kScale, "TS"},
                       {"a_zero_point", kBytes, "T1"},
                       {"b", kBytes, "T2"},
                       {"b_scale", kScale, "TS"},
                       {"b_zero_point", kBytes, "T2"},
                       {"y_scale", kScale, "TS"},
                       {"y_zero_point", kBytes, "T3"}},
            .outputs = {{"y", kBytes, "T3"}},
            .attributes = {},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
