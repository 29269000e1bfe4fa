// BitwiseXor: c = either a or b, not both, bit by bit, broadcast.
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return combineNumbers(context, [](auto a, auto b) -> decltype(a) {
        return static_cast<decltype(a)>(static_cast<uint64_t>(a) ^ static_cast<uint64_t>(b));
    });
}

}  // namespace

Op bitwiseXorOp() {
    return {.name = "BitwiseXor",
            .sinceVersion = 18,
            .family = Family::elementwise,
            .summary = "c = either a or b, not both, bit by bit",
            .inputs = {{"A", kIntegers, "T"}, {"B", kIntegers, "T"}},
            .outputs = {{"C", kIntegers, "T"}},
            .attributes = {},
            .infer = inferBroadcast,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
