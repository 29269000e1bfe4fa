// Mod: the rest of a / b, broadcast. The sign is that of b (as in Python), or of a with fmod = 1
// (as in C), which floats need.
#include <cmath>
#include <type_traits>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_contents.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const bool likeC = context.attributes().integer("fmod", 0) != 0;
    return inferArithmetic(context, [&](const ir::Dim& a, const ir::Dim& b) {
        if (likeC && !(provenAtLeast(a, 0) && provenAtLeast(b, 1))) return ir::Dim::unknown();
        return a - floorDiv(a, b) * b;
    });
}

base::Status evaluate(EvalContext& context) {
    const bool likeC = context.attributes().integer("fmod", 0) != 0;
    if (!likeC && tensor::isFloat(context.in(0).type()))
        return context.error("fmod must be 1 for type {}", name(context.in(0).type()));
    bool zero = false;
    auto status = combineNumbers(context, [&](auto a, auto b) -> decltype(a) {
        if constexpr (std::is_integral_v<decltype(a)>) {
            zero = zero || b == 0;
            // Every number is a multiple of -1; the instruction would trap on the smallest one.
            if (b == 0 || (std::is_signed_v<decltype(a)> && b == static_cast<decltype(b)>(-1))) return 0;
            const auto rest = a % b;
            return !likeC && rest != 0 && ((rest < 0) != (b < 0)) ? rest + b : rest;
        } else {
            return std::fmod(a, b);
        }
    });
    if (zero) return context.error("an integer is divided by 0");
    return status;
}

}  // namespace

Op modOp() {
    return {.name = "Mod",
            .sinceVersion = 13,
            .family = Family::elementwise,
            .summary = "c = a mod b; the sign of b, or of a with fmod",
            .inputs = {{"A", kNumbers, "T"}, {"B", kNumbers, "T"}},
            .outputs = {{"C", kNumbers, "T"}},
            .attributes = {flagAttribute("fmod", 0, "1: the sign of the dividend, as in C")},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
