// Elu: y = x for x >= 0, else alpha * (e^x - 1)  (Clevert et al. 2015); elementwise.
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const double alpha = static_cast<double>(context.attributes().real("alpha", 1.0f));
    return mapReals(context, [=](double x) { return x < 0 ? alpha * std::expm1(x) : x; });
}

// dx = dy for x >= 0, else (y + alpha) * dy
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    const auto alpha = context.scalar(static_cast<double>(context.attributes().real("alpha", 1)));
    const auto negative = context.emit("Less", {context.input(0), context.scalar(0)});
    context.set(0, context.where(negative, context.mul(context.add(context.output(), alpha), dy), dy));
    return {};
}

}  // namespace

Op eluOp() {
    return {.name = "Elu",
            .sinceVersion = 22,
            .family = Family::activation,
            .summary = "y = x for x >= 0, else alpha * (exp(x) - 1)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {realAttribute("alpha", 1.0, "where the negative side levels off")},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
