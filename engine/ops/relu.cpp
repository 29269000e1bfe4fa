// Relu: y = max(0, x), elementwise. NaN stays NaN.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/tensor/visit_type.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    auto y = context.allocate(x.type(), x.shape());
    if (!y) return y.error();
    const auto run = [&](auto tag) {
        using T = typename decltype(tag)::type;
        const auto in = x.values<T>();
        const auto out = y->mutableValues<T>();
        for (size_t i = 0; i < in.size(); ++i) out[i] = in[i] < T(0) ? T(0) : in[i];
        return true;
    };
    if (!tensor::visitNumbers(x.type(), run, false))
        return context.error("type {} is not supported", name(x.type()));
    context.set(0, std::move(*y));
    return {};
}

// dx = dy for x > 0, else 0
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    const auto zero = context.scalar(0);
    context.set(0, context.where(context.emit("Greater", {context.input(0), zero}), dy, zero));
    return {};
}

}  // namespace

Op reluOp() {
    return {.name = "Relu",
            .sinceVersion = 14,
            .family = Family::activation,
            .summary = "y = max(0, x)",
            .inputs = {{"X", kFloats | kSignedIntegers, "T"}},
            .outputs = {{"Y", kFloats | kSignedIntegers, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
