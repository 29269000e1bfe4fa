// Atanh: y = artanh(x); infinite at -1 and 1, NaN outside; elementwise.
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return std::atanh(x); });
}

}  // namespace

Op atanhOp() {
    return {.name = "Atanh",
            .sinceVersion = 22,
            .family = Family::elementwise,
            .summary = "y = artanh(x)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
