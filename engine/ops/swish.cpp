// Swish: y = x / (1 + e^(-alpha * x))  (Ramachandran et al. 2017); elementwise.
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const double alpha = static_cast<double>(context.attributes().real("alpha", 1.0f));
    return mapReals(context, [=](double x) { return x / (1 + std::exp(-alpha * x)); });
}

}  // namespace

Op swishOp() {
    return {.name = "Swish",
            .sinceVersion = 24,
            .family = Family::activation,
            .summary = "y = x * sigmoid(alpha * x)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {realAttribute("alpha", 1.0, "steepness of the gate")},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
