// Mish: y = x * tanh(ln(1 + e^x))  (Misra 2019); elementwise.
#include <algorithm>
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) {
        return x * std::tanh(std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))));
    });
}

}  // namespace

Op mishOp() {
    return {.name = "Mish",
            .sinceVersion = 22,
            .family = Family::activation,
            .summary = "y = x * tanh(softplus(x))",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
