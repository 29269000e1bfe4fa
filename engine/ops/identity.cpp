// Identity: y = x, of any kind: tensor, sequence or optional.
#include "engine/ops/check.h"
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    context.setOutput(0, context.type(0));
    if (auto contents = context.contents(0)) context.setContents(0, std::move(*contents));
    return {};
}

base::Status evaluate(EvalContext& context) {
    context.set(0, context.value(0));
    return {};
}

// dx = dy
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    context.set(0, dy);
    return {};
}

}  // namespace

Op identityOp() {
    return {.name = "Identity",
            .sinceVersion = 25,
            .family = Family::control,
            .summary = "y = x",
            .inputs = {{"input", kAnyValue, "V"}},
            .outputs = {{"output", kAnyValue, "V"}},
            .attributes = {},
            .infer = infer,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
