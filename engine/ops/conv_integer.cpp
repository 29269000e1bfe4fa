// ConvInteger: y[n, m, o] = sum over c, k of (x - xZero) * (w - wZero[m]) in 32-bit integers.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_convolution.h"
#include "engine/ops/support_quantize.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    auto shape = convolutionShape(context, 0, 1);
    if (!shape) return shape.error();
    if (auto ok = checkScalar(context, 2, "x_zero_point"); !ok) return ok;
    context.setOutput(0, tensor::DataType::int32, std::move(*shape));
    return {};
}

Cost cost(const CostContext& context) { return macCost(context, convolutionMacs(context, 1)); }

base::Status evaluate(EvalContext& context) {
    const auto plan = planConvolution(context, context.in(0), context.in(1));
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok;
    const auto x = centredCodes(context, 0, 2, 1);
    const auto w = centredCodes(context, 1, 3, 0);
    if (!x) return x.error();
    if (!w) return w.error();
    Codes y(static_cast<size_t>(tensor::elementCount(plan->outputShape)));
    convolve<int64_t>(*plan, *x, *w, y);
    return setCodes(context, 0, tensor::DataType::int32, plan->outputShape, y);
}

}  // namespace

Op convIntegerOp() {
    auto attributes = windowAttributes();
    attributes.push_back(integerAttribute("group", 1, "number of groups the channels are split into"));
    return {.name = "ConvInteger",
            .sinceVersion = 10,
            .family = Family::quantization,
            .summary = "Convolution of quantized numbers with sums in int32",
            .inputs = {{"x", kBytes, "T1"},
                       {"w", kBytes, "T2"},
                       {"x_zero_point", kBytes, "T1", Presence::optional},
                       {"w_zero_point", kBytes, "T2", Presence::optional}},
            .outputs = {{"y", typeBit(tensor::DataType::int32)}},
            .attributes = std::move(attributes),
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
