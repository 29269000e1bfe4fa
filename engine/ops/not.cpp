// Not: y = not x, elementwise; bools.
#include "engine/ops/op.h"
#include "engine/ops/support_contents.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    context.setOutput(0, context.type(0));
    mapContents(context, [](const ir::Dim& x) { return provenNot(x); });
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto x = context.in(0).values<bool>();
    auto y = context.allocate(tensor::DataType::boolean, context.in(0).shape());
    if (!y) return y.error();
    const auto out = y->mutableValues<bool>();
    for (size_t i = 0; i < x.size(); ++i) out[i] = !x[i];
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op notOp() {
    return {.name = "Not",
            .sinceVersion = 1,
            .family = Family::elementwise,
            .summary = "y = not x",
            .inputs = {{"X", kBool, "T"}},
            .outputs = {{"Y", kBool, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
