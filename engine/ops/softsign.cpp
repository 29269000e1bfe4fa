// Softsign: y = x / (1 + |x|); elementwise.
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return x / (1 + std::abs(x)); });
}

}  // namespace

Op softsignOp() {
    return {.name = "Softsign",
            .sinceVersion = 22,
            .family = Family::activation,
            .summary = "y = x / (1 + |x|)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
