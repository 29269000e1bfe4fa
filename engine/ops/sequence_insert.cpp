// SequenceInsert: the sequence with a tensor put in before a position, at the end where none is given.
#include <algorithm>

#include "engine/ops/check.h"
#include "engine/ops/op.h"
#include "engine/ops/support_control.h"
#include "engine/ops/support_sequence.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto element = elementOfSequence(context, 0);
    if (!element) return element.error();
    if (auto s = checkPosition(context, 2); !s) return s;
    const auto undefined = tensor::DataType::undefined;
    if (element->element != undefined && context.element(1) != undefined &&
        element->element != context.element(1))
        return context.error("a tensor of type {} does not fit a sequence of {}",
                             tensor::name(context.element(1)), tensor::name(element->element));
    context.setOutput(0, ir::ValueType::sequenceOf(joined(*element, context.type(1))));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto given = sequenceOf(context, 0);
    if (!given) return given.error();
    tensor::Sequence sequence = **given;
    const auto count = sequence.items.size();
    auto at = base::Result<size_t>(count);
    if (context.has(2)) at = positionOf(context, 2, count, count + 1);
    if (!at) return at.error();
    if (auto s = append(context, sequence, context.in(1)); !s) return s;
    const auto begin = sequence.items.begin();
    std::rotate(begin + static_cast<std::ptrdiff_t>(*at), sequence.items.end() - 1, sequence.items.end());
    context.set(0, std::move(sequence));
    return {};
}

}  // namespace

Op sequenceInsertOp() {
    return {.name = "SequenceInsert",
            .sinceVersion = 11,
            .family = Family::control,
            .summary = "sequence with a tensor put in before a position",
            .inputs = {{"input_sequence", kAnyValue},
                       {"tensor", kAnyType},
                       {"position", kIndices, {}, Presence::optional}},
            .outputs = {{"output_sequence", kAnyType}},
            .attributes = {},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
