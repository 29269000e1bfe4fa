// SequenceLength: how many elements a sequence has, as a scalar.
#include "engine/ops/check.h"
#include "engine/ops/op.h"
#include "engine/ops/support_sequence.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto element = elementOfSequence(context, 0);
    if (!element) return element.error();
    context.setOutput(0, tensor::DataType::int64, ir::SymbolicShape{});
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto sequence = sequenceOf(context, 0);
    if (!sequence) return sequence.error();
    context.set(0, tensor::Tensor::scalar(static_cast<int64_t>((*sequence)->items.size())));
    return {};
}

}  // namespace

Op sequenceLengthOp() {
    return {.name = "SequenceLength",
            .sinceVersion = 11,
            .family = Family::control,
            .summary = "number of elements of a sequence",
            .inputs = {{"input_sequence", kAnyValue}},
            .outputs = {{"length", kInt64}},
            .attributes = {},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
