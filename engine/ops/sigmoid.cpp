// Sigmoid: y = 1 / (1 + e^-x); elementwise.
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return 1 / (1 + std::exp(-x)); });
}

}  // namespace

Op sigmoidOp() {
    return {.name = "Sigmoid",
            .sinceVersion = 13,
            .family = Family::activation,
            .summary = "y = 1 / (1 + exp(-x))",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
