// com.microsoft QLinearSigmoid: Y = quantize(1 / (1 + exp(-x))), x = dequantize(X).
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return evaluateQLinearUnary(context, [](double x) { return 1 / (1 + std::exp(-x)); });
}

}  // namespace

Op comMicrosoftQLinearSigmoidOp() {
    return {.name = "QLinearSigmoid",
            .domain = kMicrosoft,
            .family = Family::quantization,
            .summary = "1 / (1 + exp(-x)) of quantized numbers",
            .inputs = qLinearUnaryInputs(),
            .outputs = {{"Y", kBytes, "T"}},
            .attributes = {},
            .infer = inferQLinearUnary,
            .cost = transcendentalCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
