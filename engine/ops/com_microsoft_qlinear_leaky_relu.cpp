// com.microsoft QLinearLeakyRelu: Y = quantize(x >= 0 ? x : alpha x), x = dequantize(X).
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const auto alpha = static_cast<double>(context.attributes().real("alpha", 0.01f));
    return evaluateQLinearUnary(context, [=](double x) { return x >= 0 ? x : alpha * x; });
}

}  // namespace

Op comMicrosoftQLinearLeakyReluOp() {
    return {.name = "QLinearLeakyRelu",
            .domain = kMicrosoft,
            .family = Family::quantization,
            .summary = "x >= 0 ? x : alpha x of quantized numbers",
            .inputs = qLinearUnaryInputs(),
            .outputs = {{"Y", kBytes, "T"}},
            .attributes = {realAttribute("alpha", 0.01, "slope below 0")},
            .infer = inferQLinearUnary,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
