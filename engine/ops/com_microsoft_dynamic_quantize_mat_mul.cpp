// com.microsoft DynamicQuantizeMatMul: A is quantized to uint8 with its own range, multiplied in integers:
//
//   y = (qA - aZero)(B - bZero) * aScale * bScale[j] + bias[j]
#include "engine/ops/op.h"
#include "engine/ops/support_dynamic_range.h"
#include "engine/ops/support_matmul_quantized.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    auto shape = matMulShape(context, 0, 1);
    if (!shape) return shape.error();
    context.setOutput(0, tensor::DataType::float32, std::move(*shape));
    return {};
}

Cost cost(const CostContext& context) { return macCost(context, matMulMacs(context, 0)); }

base::Status evaluate(EvalContext& context) {
    const auto plan = planMatMul(context, context.in(0).shape(), context.in(1).shape());
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok;
    auto a = dynamicallyQuantized(context.in(0).values<float>());
    for (auto& code : a.codes) code -= a.zeroPoint;
    const auto b = centredOperand(context, 1, 3, Side::right);
    if (!b) return b.error();
    const auto sums = multiply<int64_t>(*plan, a.codes, *b);
    const auto columns = static_cast<size_t>(plan->columns);
    const auto bScale = scales(context, 2, plan->columns);
    if (!bScale) return bScale.error();
    const Reals bias = realsOr(context, 4, plan->columns, 0);
    if (bias.size() != columns) return context.error("bias has {} items, expected {}", bias.size(), columns);
    Reals y(sums.size());
    for (size_t i = 0; i < y.size(); ++i)
        y[i] = static_cast<double>(sums[i]) * static_cast<double>(a.scale * (*bScale)[i % columns]) +
               bias[i % columns];
    return setReals(context, 0, tensor::DataType::float32, plan->outputShape, y);
}

}  // namespace

Op comMicrosoftDynamicQuantizeMatMulOp() {
    constexpr auto kOptional = Presence::optional;
    constexpr TypeSet kFloat = typeBit(tensor::DataType::float32);
    return {.name = "DynamicQuantizeMatMul",
            .domain = kMicrosoft,
            .family = Family::quantization,
            .summary = "Matrix product of a real operand, quantized on the way, with a quantized one",
            .inputs = {{"A", kFloat},
                       {"B", kBytes, "T2"},
                       {"b_scale", kFloat},
                       {"b_zero_point", kBytes, "T2", kOptional},
                       {"bias", kFloat, {}, kOptional}},
            .outputs = {{"Y", kFloat}},
            .attributes = {},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
