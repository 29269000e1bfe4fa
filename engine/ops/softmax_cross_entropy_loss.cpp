// SoftmaxCrossEntropyLoss: the negative log-likelihood of p = log(softmax(scores)) over axis 1; p is
// output 1.
#include <algorithm>
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_class_loss.h"
#include "engine/ops/support_index.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    if (auto ok = inferClassLoss(context); !ok) return ok;
    context.setOutput(1, context.type(0));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& scores = context.in(0);
    if (scores.rank() < 2)
        return context.error("scores have {} dimensions, expected at least 2", scores.rank());
    const auto split = splitAt(scores.shape(), 1);
    Reals values = reals(scores);
    for (int64_t n = 0; n < split.outer; ++n)
        for (int64_t i = 0; i < split.inner; ++i) {
            double* first = values.data() + n * split.length * split.inner + i;
            double largest = first[0], sum = 0;
            for (int64_t c = 1; c < split.length; ++c) largest = std::max(largest, first[c * split.inner]);
            for (int64_t c = 0; c < split.length; ++c) sum += std::exp(first[c * split.inner] - largest);
            const double shift = largest + std::log(sum);
            for (int64_t c = 0; c < split.length; ++c) first[c * split.inner] -= shift;
        }
    if (auto ok = setReals(context, 1, scores.type(), scores.shape(), values); !ok) return ok;
    return evaluateClassLoss(context, values);
}

// With the gradient g of the log-probabilities l: dx = g - exp(l) * sum of g over the classes.
base::Status gradient(GradientContext& context) {
    ir::ValueId g;
    if (context.outputGradient(0)) {
        const auto result = classLossGradient(context, context.outputGradient(0));
        if (!result) return result.error();
        g = *result;
    }
    if (context.outputCount() > 1 && context.outputGradient(1))
        g = g ? context.add(g, context.outputGradient(1)) : context.outputGradient(1);
    const auto logs = context.emit("LogSoftmax", {context.input(0)}, {{"axis", int64_t{1}}});
    context.set(0, context.sub(g, context.mul(context.emit("Exp", {logs}), context.sum(g, {1}, true))));
    return {};
}

}  // namespace

Op softmaxCrossEntropyLossOp() {
    return {.name = "SoftmaxCrossEntropyLoss",
            .sinceVersion = 13,
            .family = Family::control,
            .summary = "loss = -weight of the target class * log(softmax(scores)) of it",
            .inputs = {{"scores", kFloats, "T"},
                       {"labels", kIndices, "Tind"},
                       {"weights", kFloats, "T", Presence::optional}},
            .outputs = {{"output", kFloats, "T"}, {"log_prob", kFloats, "T", Presence::optional}},
            .attributes = classLossAttributes(),
            .infer = infer,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
