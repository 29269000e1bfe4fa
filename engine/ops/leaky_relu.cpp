// LeakyRelu: y = x for x >= 0, else alpha * x; elementwise.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const double alpha = static_cast<double>(context.attributes().real("alpha", 0.01f));
    return mapReals(context, [=](double x) { return x < 0 ? alpha * x : x; });
}

}  // namespace

Op leakyReluOp() {
    return {.name = "LeakyRelu",
            .sinceVersion = 16,
            .family = Family::activation,
            .summary = "y = x for x >= 0, else alpha * x",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {realAttribute("alpha", 0.01, "slope of the negative side")},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
