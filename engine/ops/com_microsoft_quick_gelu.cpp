// com.microsoft QuickGelu: y = x / (1 + e^(-alpha x)).
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_elementwise.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const double alpha = static_cast<double>(context.attributes().real("alpha", 1.702f));
    return mapReals(context, [=](double x) { return x / (1 + std::exp(-alpha * x)); });
}

}  // namespace

Op comMicrosoftQuickGeluOp() {
    return {.name = "QuickGelu",
            .domain = kMicrosoft,
            .family = Family::activation,
            .summary = "y = x * sigmoid(alpha * x)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {realAttribute("alpha", 1.702, "steepness of the gate")},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
