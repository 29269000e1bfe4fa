// SequenceErase: the sequence without the element at a position, without its last where none is given.
#include "engine/ops/check.h"
#include "engine/ops/op.h"
#include "engine/ops/support_sequence.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto element = elementOfSequence(context, 0);
    if (!element) return element.error();
    if (auto s = checkPosition(context, 1); !s) return s;
    context.setOutput(0, context.type(0));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto given = sequenceOf(context, 0);
    if (!given) return given.error();
    tensor::Sequence sequence = **given;
    const auto count = sequence.items.size();
    if (count == 0) return context.error("the sequence is empty: there is nothing to erase");
    auto at = base::Result<size_t>(count - 1);
    if (context.has(1)) at = positionOf(context, 1, count, count);
    if (!at) return at.error();
    sequence.items.erase(sequence.items.begin() + static_cast<std::ptrdiff_t>(*at));
    context.set(0, std::move(sequence));
    return {};
}

}  // namespace

Op sequenceEraseOp() {
    return {.name = "SequenceErase",
            .sinceVersion = 11,
            .family = Family::control,
            .summary = "sequence without the element at a position",
            .inputs = {{"input_sequence", kAnyValue}, {"position", kIndices, {}, Presence::optional}},
            .outputs = {{"output_sequence", kAnyType}},
            .attributes = {},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
