// SequenceConstruct: a sequence of the inputs, tensors of one element type.
#include "engine/ops/op.h"
#include "engine/ops/support_control.h"
#include "engine/ops/support_sequence.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    if (context.inputCount() == 0) return context.error("has no inputs");
    auto element = context.type(0);
    for (size_t i = 1; i < context.inputCount(); ++i) element = joined(element, context.type(i));
    context.setOutput(0, ir::ValueType::sequenceOf(std::move(element)));
    return {};
}

base::Status evaluate(EvalContext& context) {
    if (context.inputCount() == 0) return context.error("has no inputs");
    tensor::Sequence sequence;
    for (size_t i = 0; i < context.inputCount(); ++i)
        if (auto s = append(context, sequence, context.in(i)); !s) return s;
    context.set(0, std::move(sequence));
    return {};
}

}  // namespace

Op sequenceConstructOp() {
    return {.name = "SequenceConstruct",
            .sinceVersion = 11,
            .family = Family::control,
            .summary = "sequence of the inputs",
            .inputs = {{"inputs", kAnyType, "T", Presence::variadic}},
            .outputs = {{"output_sequence", kAnyType}},
            .attributes = {},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
