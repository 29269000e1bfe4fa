// HardSigmoid: y = alpha * x + beta, cut to [0, 1]; elementwise.
#include <algorithm>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const double alpha = static_cast<double>(context.attributes().real("alpha", 0.2f));
    const double beta = static_cast<double>(context.attributes().real("beta", 0.5f));
    return mapReals(context, [=](double x) { return std::clamp(alpha * x + beta, 0.0, 1.0); });
}

}  // namespace

Op hardSigmoidOp() {
    return {.name = "HardSigmoid",
            .sinceVersion = 22,
            .family = Family::activation,
            .summary = "y = max(0, min(1, alpha * x + beta))",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {realAttribute("alpha", 0.2, "slope"), realAttribute("beta", 0.5, "value at 0")},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
