// CastLike: y = x converted to the element type of a second tensor.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_cast.h"
#include "engine/ops/support_contents.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    context.setOutput(0, context.element(1), context.type(0).shape);
    if (tensor::bitWidth(context.element(1)) >= 32) mapContents(context, [](const ir::Dim& d) { return d; });
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto to = context.in(1).type();
    for (const auto type : {x.type(), to})
        if (!castable(type)) return context.error("type {} cannot be cast", name(type));
    auto y = context.allocate(to, x.shape());
    if (!y) return y.error();
    const CastRules rules{context.attributes().integer("saturate", 1) != 0,
                          context.attributes().text("round_mode", "up")};
    if (auto ok = castElements(x, *y, rules); !ok) return context.error("{}", ok.error().message);
    context.set(0, std::move(*y));
    return {};
}

// dx = dy in the type of x
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    context.set(0, context.scope().castLike(dy, context.input(0)));
    return {};
}

}  // namespace

Op castLikeOp() {
    return {
        .name = "CastLike",
        .sinceVersion = 25,
        .family = Family::elementwise,
        .summary = "y = x converted to the type of the second input",
        .inputs = {{"input", kAnyType}, {"target_type", kAnyType}},
        .outputs = {{"output", kAnyType}},
        .attributes = {flagAttribute("saturate", 1,
                                     "to 8-bit floats: 1 keeps to the finite range, 0 gives infinity or NaN"),
                       choiceAttribute("round_mode", {"up", "down", "nearest"}, "up",
                                       "how to round to float8e8m0")},
        .infer = infer,
        .cost = elementwiseCost,
        .evaluate = evaluate,
        .gradient = gradient};
}

}  // namespace lathe::ops
