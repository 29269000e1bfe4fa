// QLinearConv: convolution of quantized numbers.
//
//   sum[m, o] = b[m] + sum over c, k of (x - xZero) * (w - wZero[m])
//   y         = saturate(rne(sum * (xScale * wScale[m] / yScale)) + yZero)
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_convolution.h"
#include "engine/ops/support_quantize.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    auto shape = convolutionShape(context, 0, 3);
    if (!shape) return shape.error();
    for (const size_t i : {1, 2, 6, 7})
        if (auto ok = checkScalar(context, i, i == 1 || i == 6 ? "scale" : "zero point"); !ok) return ok;
    if (*shape)
        if (auto ok = checkChannelVector(context, 8, "bias", **shape); !ok) return ok;
    context.setOutput(0, context.element(7), std::move(*shape));
    return {};
}

Cost cost(const CostContext& context) { return macCost(context, convolutionMacs(context, 3)); }

base::Status evaluate(EvalContext& context) {
    const auto plan = planConvolution(context, context.in(0), context.in(3));
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok;
    const auto channels = static_cast<size_t>(plan->groups * plan->outPerGroup);
    const auto x = centredCodes(context, 0, 2, 1);
    const auto w = centredCodes(context, 3, 5, 0);
    if (!x) return x.error();
    if (!w) return w.error();
    const auto xScale = scalarScale(context, 1), yScale = scalarScale(context, 6);
    if (!xScale) return xScale.error();
    if (!yScale) return yScale.error();
    const auto wScale = scales(context, 4, static_cast<int64_t>(channels));
    if (!wScale) return wScale.error();
    const auto yZero = scalarZeroPoint(context, 7);
    if (!yZero) return yZero.error();
    const Codes bias = context.has(8) ? tensor::toIntegers(context.in(8)) : Codes(channels, 0);
    if (bias.size() != channels)
        return context.error("bias has {} items, expected {}", bias.size(), channels);
    const auto plane = static_cast<size_t>(plan->runs.outputCount);
    Codes y(static_cast<size_t>(plan->batch) * channels * plane);
    for (size_t i = 0; i < y.size(); ++i) y[i] = bias[i / plane % channels];
    convolve<int64_t>(*plan, *x, *w, y);
    const auto type = context.in(7).type();
    const auto range = codeRange(type);
    for (size_t i = 0; i < y.size(); ++i)
        y[i] = requantize(y[i], *xScale * (*wScale)[i / plane % channels] / *yScale, *yZero, range);
    return setCodes(context, 0, type, plan->outputShape, y);
}

}  // namespace

Op qLinearConvOp() {
    auto attributes = windowAttributes();
    attributes.push_back(integerAttribute("group", 1, "number of groups the channels are split into"));
    constexpr TypeSet kFloat = typeBit(tensor::DataType::float32);
    return {.name = "QLinearConv",
            .sinceVersion = 10,
            .family = Family::quantization,
            .summary = "Convolution of quantized numbers with a quantized result",
            .inputs = {{"x", kBytes, "T1"},
                       {"x_scale", kFloat},
                       {"x_zero_point", kBytes, "T1"},
                       {"w", kBytes, "T2"},
                       {"w_scale", kFloat},
                       {"w_zero_point", kBytes, "T2"},
                       {"y_scale", kFloat},
                       {"y_zero_point", kBytes, "T3"},
                       {"B", typeBit(tensor::DataType::int32), {}, Presence::optional}},
            .outputs = {{"y", kBytes, "T3"}},
            .attributes = std::move(attributes),
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
