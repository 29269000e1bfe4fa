// Shrink: y = x + bias for x < -lambd, x - bias for x > lambd, else 0, elementwise.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const double bias = static_cast<double>(context.attributes().real("bias", 0));
    const double lambd = static_cast<double>(context.attributes().real("lambd", 0.5f));
    return mapReals(context, [=](double x) {
        return x < -lambd ? x + bias : x > lambd ? x - bias : x != x ? x : 0.0;
    });
}

}  // namespace

Op shrinkOp() {
    return {.name = "Shrink",
            .sinceVersion = 9,
            .family = Family::activation,
            .summary = "y = x + bias for x < -lambd, x - bias for x > lambd, else 0",
            .inputs = {{"X", kNumbers, "T"}},
            .outputs = {{"Y", kNumbers, "T"}},
            .attributes = {realAttribute("bias", 0, "how far the outside moves towards 0"),
                           realAttribute("lambd", 0.5, "half width of the part that becomes 0")},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
