// HardSwish: y = x * max(0, min(1, x / 6 + 1/2))  (Howard et al. 2019); elementwise.
#include <algorithm>

#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return x * std::clamp(x / 6 + 0.5, 0.0, 1.0); });
}

}  // namespace

Op hardSwishOp() {
    return {.name = "HardSwish",
            .sinceVersion = 22,
            .family = Family::activation,
            .summary = "y = x * max(0, min(1, x / 6 + 0.5))",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
