// com.microsoft QLinearAdd: C = quantize(dequantize(A) + dequantize(B)), with broadcasting.
#include "engine/ops/op.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return evaluateQLinearBinary(context, [](double a, double b) { return a + b; });
}

}  // namespace

Op comMicrosoftQLinearAddOp() {
    return {.name = "QLinearAdd",
            .domain = kMicrosoft,
            .family = Family::quantization,
            .summary = "Sum of quantized numbers",
            .inputs = qLinearBinaryInputs(),
            .outputs = {{"C", kBytes, "T"}},
            .attributes = {},
            .infer = inferQLinearBinary,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
