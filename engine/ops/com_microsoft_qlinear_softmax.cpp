// com.microsoft QLinearSoftmax: Y = quantize(softmax(dequantize(X))). Before opset 13 all axes from `axis` on
// count as one.
#include <algorithm>
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    if (const auto* x = context.shape(0)) {
        const int64_t axis = context.attributes().integer("axis", -1);
        if (!tensor::normalizedAxis(axis, static_cast<int64_t>(x->size())))
            return context.error("axis {} is outside the {} dimensions of the input", axis, x->size());
    }
    return inferQLinearUnary(context);
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto axis = tensor::normalizedAxis(context.attributes().integer("axis", -1), x.rank());
    if (!axis) return context.error("the axis is outside the {} dimensions of the input", x.rank());
    auto values = dequantizedInput(context, 0, 1, 2);
    if (!values) return values.error();
    const auto at = static_cast<size_t>(*axis);
    const bool flattened = context.attributes().integer("opset", 13) < 13;
    const auto split = splitAt(x.shape(), at, flattened ? x.shape().size() : at + 1);
    for (int64_t n = 0; n < split.outer && split.length > 0; ++n)
        for (int64_t i = 0; i < split.inner; ++i) {
            double* first = values->data() + n * split.length * split.inner + i;
            double largest = first[0], sum = 0;
            for (int64_t k = 1; k < split.length; ++k) largest = std::max(largest, first[k * split.inner]);
            for (int64_t k = 0; k < split.length; ++k)
                sum += first[k * split.inner] = std::exp(first[k * split.inner] - largest);
            for (int64_t k = 0; k < split.length; ++k) first[k * split.inner] /= sum;
        }
    return setQuantized(context, x.type(), x.shape(), *values, 3, 4);
}

}  // namespace

Op comMicrosoftQLinearSoftmaxOp() {
    return {.name = "QLinearSoftmax",
            .domain = kMicrosoft,
            .family = Family::quantization,
            .summary = "Softmax of quantized numbers",
            .inputs = qLinearUnaryInputs(),
            .outputs = {{"Y", kBytes, "T"}},
            .attributes = {integerAttribute("axis", -1, "axis of the probabilities"),
                           integerAttribute("opset", 13, "below 13 all axes from `axis` on count as one")},
            .infer = infer,
            .cost = transcendentalCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
