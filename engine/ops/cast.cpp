// Cast: y = x converted to another element type.
#include <algorithm>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_cast.h"
#include "engine/ops/support_contents.h"

namespace lathe::ops {
namespace {

base::Result<tensor::DataType> targetOf(const auto& context) {
    const auto to = static_cast<tensor::DataType>(
        std::clamp<int64_t>(context.attributes().integer("to", 0), 0, tensor::kDataTypeCount));
    if (static_cast<int>(to) >= tensor::kDataTypeCount || !castable(to))
        return context.error("to is {}, which is no type that can be cast to",
                             context.attributes().integer("to", 0));
    return to;
}

base::Status infer(InferContext& context) {
    const auto to = targetOf(context);
    if (!to) return to.error();
    context.setOutput(0, *to, context.type(0).shape);
    // Sizes fit the wider integers; a bool keeps only whether they are 0.
    if (*to == tensor::DataType::boolean)
        mapContents(context, [](const ir::Dim& d) { return provenNot(provenEqual(d, ir::Dim(0))); });
    else if (tensor::bitWidth(*to) >= 32)
        mapContents(context, [](const ir::Dim& d) { return d; });
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto to = targetOf(context);
    if (!to) return to.error();
    const auto& x = context.in(0);
    if (!castable(x.type())) return context.error("type {} cannot be cast", name(x.type()));
    auto y = context.allocate(*to, x.shape());
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

Op castOp() {
    return {
        .name = "Cast",
        .sinceVersion = 25,
        .family = Family::elementwise,
        .summary = "y = x converted to type `to`",
        .inputs = {{"input", kAnyType}},
        .outputs = {{"output", kAnyType}},
        .attributes = {requiredInteger("to", "number of the element type in the ONNX standard"),
                       flagAttribute("saturate", 1,
                                     "to 8-bit floats: 1 keeps to the finite range, 0 gives infinity or NaN"),
                       choiceAttribute("round_mode", {"up", "down", "nearest"}, "up",
                                       "how to round to float8e8m0")},
        .infer = infer,
        .cost = elementwiseCost,
        .evaluate = evaluate,
        .gradient = gradient};
}

}  // namespace lathe::ops
