// ConcatFromSequence: the tensors of a sequence joined along an axis they have, or stacked along a new one.
#include "engine/ops/check.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_control.h"
#include "engine/ops/support_sequence.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    auto element = elementOfSequence(context, 0);
    if (!element) return element.error();
    if (element->shape) {
        auto& shape = *element->shape;
        const bool stacks = context.attributes().integer("new_axis", 0) != 0;
        const auto axis =
            axisOf(context, context.attributes().integer("axis", 0), element->rank() + (stacks ? 1 : 0));
        if (!axis) return axis.error();
        if (stacks) shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(*axis), ir::Dim::unknown());
        shape[*axis] = context.freshDim("length");
    }
    context.setOutput(0, std::move(*element));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto sequence = sequenceOf(context, 0);
    if (!sequence) return sequence.error();
    std::vector<tensor::Tensor> items;
    for (const auto& item : (*sequence)->items) {
        if (!item.tensor()) return context.error("the sequence holds something else than tensors");
        items.push_back(item.tensor()->aligned());
    }
    if (items.empty()) return context.error("the sequence is empty: there is nothing to join");
    const int64_t given = context.attributes().integer("axis", 0);
    auto y = base::Result<tensor::Tensor>(tensor::Tensor());
    if (context.attributes().integer("new_axis", 0) != 0) {
        const auto axis = axisOf(context, given, items.front().rank() + 1);
        if (!axis) return axis.error();
        y = stacked(context, items, items.front().type(), *axis, false);
    } else {
        std::vector<const tensor::Tensor*> parts;
        for (const auto& item : items) parts.push_back(&item);
        y = joinedTensors(context, parts, given);
    }
    if (!y) return y.error();
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op concatFromSequenceOp() {
    return {.name = "ConcatFromSequence",
            .sinceVersion = 11,
            .family = Family::shape,
            .summary = "the tensors of a sequence joined or stacked along an axis",
            .inputs = {{"input_sequence", kAnyValue}},
            .outputs = {{"concat_result", kAnyType}},
            .attributes = {requiredInteger("axis", "axis along which to join"),
                           flagAttribute("new_axis", 0, "1: the tensors are stacked along a new axis")},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
