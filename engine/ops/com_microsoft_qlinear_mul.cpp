// com.microsoft QLinearMul: C = quantize(dequantize(A) * dequantize(B)), with broadcasting.
#include "engine/ops/op.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return evaluateQLinearBinary(context, [](double a, double b) { return a * b; });
}

}  // namespace

Op comMicrosoftQLinearMulOp() {
    return {.name = "QLinearMul",
            .domain = kMicrosoft,
            .family = Family::quantization,
            .summary = "Product of quantized numbers",
            .inputs = qLinearBinaryInputs(),
            .outputs = {{"C", kBytes, "T"}},
            .attributes = {},
            .infer = inferQLinearBinary,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
