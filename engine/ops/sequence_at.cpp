// SequenceAt: the element at a position of a sequence; negative positions count from the end.
#include "engine/ops/check.h"
#include "engine/ops/op.h"
#include "engine/ops/support_sequence.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    auto element = elementOfSequence(context, 0);
    if (!element) return element.error();
    if (auto s = checkPosition(context, 1); !s) return s;
    context.setOutput(0, std::move(*element));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto sequence = sequenceOf(context, 0);
    if (!sequence) return sequence.error();
    const auto& items = (*sequence)->items;
    const auto at = positionOf(context, 1, items.size(), items.size());
    if (!at) return at.error();
    context.set(0, items[*at]);
    return {};
}

}  // namespace

Op sequenceAtOp() {
    return {.name = "SequenceAt",
            .sinceVersion = 11,
            .family = Family::control,
            .summary = "element of a sequence at a position",
            .inputs = {{"input_sequence", kAnyValue}, {"position", kIndices}},
            .outputs = {{"tensor", kAnyType}},
            .attributes = {},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
