// BitwiseNot: y = x with every bit turned, elementwise.
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapNumbers(
        context, [](auto x) -> decltype(x) { return static_cast<decltype(x)>(~static_cast<uint64_t>(x)); });
}

}  // namespace

Op bitwiseNotOp() {
    return {.name = "BitwiseNot",
            .sinceVersion = 18,
            .family = Family::elementwise,
            .summary = "y = not x, bit by bit",
            .inputs = {{"X", kIntegers, "T"}},
            .outputs = {{"Y", kIntegers, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
