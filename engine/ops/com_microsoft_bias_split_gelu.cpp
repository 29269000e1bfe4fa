// com.microsoft BiasSplitGelu: x = X + bias over the last axis, whose halves are a and b; y = a * gelu(b)
// with gelu(b) = b/2 (1 + erf(b/sqrt(2))).
#include <cmath>
#include <numbers>

#include "engine/ops/op.h"
#include "engine/ops/support_bias.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    if (auto ok = checkLastAxisBias(context); !ok) return ok;
    std::optional<ir::SymbolicShape> shape;
    if (const auto* x = context.shape(0)) {
        if (x->empty()) return context.error("X is a scalar, expected at least 1 dimension");
        if (const auto size = x->back().constantOr(0); size % 2 != 0)
            return context.error("the last dimension {} does not split into two halves", size);
        shape = *x;
        shape->back() = floorDiv(x->back(), 2);
    }
    context.setOutput(0, context.element(0), std::move(shape));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto x = biased(context);
    if (!x) return x.error();
    auto shape = context.in(0).shape();
    if (shape.back() % 2 != 0)
        return context.error("the last dimension {} does not split into two halves", shape.back());
    const auto half = static_cast<size_t>(shape.back() /= 2);
    Reals y(x->size() / 2);
    for (size_t i = 0; i < y.size(); ++i) {
        const size_t at = i / half * 2 * half + i % half;
        const double gate = (*x)[at + half];
        y[i] = (*x)[at] * 0.5 * gate * (1 + std::erf(gate / std::numbers::sqrt2));
    }
    return setReals(context, 0, context.in(0).type(), shape, y);
}

}  // namespace

Op comMicrosoftBiasSplitGeluOp() {
    return {.name = "BiasSplitGelu",
            .domain = kMicrosoft,
            .family = Family::activation,
            .summary = "The left half of X + bias times the Gelu of the right half",
            .inputs = {{"X", kFloats, "T"}, {"bias", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = transcendentalCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
