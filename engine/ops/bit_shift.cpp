// BitShift: z = x << y or x >> y, broadcast; unsigned integers, what is shifted out is lost.
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const auto direction = context.attributes().text("direction", "");
    if (direction != "LEFT" && direction != "RIGHT")
        return context.error("direction is \"{}\", expected LEFT or RIGHT", direction);
    const bool left = direction == "LEFT";
    return combineNumbers(context, [&](auto a, auto b) -> decltype(a) {
        const auto bits = static_cast<uint64_t>(a), count = static_cast<uint64_t>(b);
        if (count >= 64) return 0;
        return static_cast<decltype(a)>(left ? bits << count : bits >> count);
    });
}

}  // namespace

Op bitShiftOp() {
    return {.name = "BitShift",
            .sinceVersion = 11,
            .family = Family::elementwise,
            .summary = "z = x << y or x >> y",
            .inputs = {{"X", kUnsignedIntegers, "T"}, {"Y", kUnsignedIntegers, "T"}},
            .outputs = {{"Z", kUnsignedIntegers, "T"}},
            .attributes = {{.name = "direction",
                            .type = base::ParamType::choice,
                            .defaultValue = std::string("LEFT"),
                            .help = "towards the high bits (LEFT) or the low bits (RIGHT)",
                            .choices = {"LEFT", "RIGHT"},
                            .required = true}},
            .infer = inferBroadcast,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
