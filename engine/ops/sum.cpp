// Sum: the sum of the inputs at each place, broadcast.
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return foldNumbers(
        context, [](auto a, auto b) { return wrappingAdd(a, b); }, [](auto value, size_t) { return value; });
}

}  // namespace

Op sumOp() {
    return {.name = "Sum",
            .sinceVersion = 13,
            .family = Family::elementwise,
            .summary = "y = x0 + x1 + ...",
            .inputs = {{"data_0", kFloats, "T", Presence::variadic}},
            .outputs = {{"sum", kFloats, "T"}},
            .attributes = {},
            .infer = inferBroadcast,
            .cost = foldCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
