// ConstantOfShape: a tensor of the given shape filled with one value (float32 0 unless said).
#include "engine/ops/op.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_move.h"

namespace lathe::ops {
namespace {

// The one element to fill with, or an error when the attribute holds another number of them.
base::Result<tensor::Tensor> valueOf(const ir::Attributes& attributes, const auto& context) {
    const auto* value = attributes.tensor("value");
    if (!value) return tensor::Tensor::scalar(0.0f);
    if (value->elementCount() != 1)
        return context.error("value has {} elements, expected 1", value->elementCount());
    return *value;
}

base::Status infer(InferContext& context) {
    const auto value = valueOf(context.attributes(), context);
    if (!value) return value.error();
    const auto* vector = context.shape(0);
    if (vector && vector->size() > 1)
        return context.error("the shape has rank {}, expected a vector", vector->size());
    auto shape = context.contents(0);
    if (!shape && vector && vector->size() == 1 && (*vector)[0].isKnown())
        shape = unknownShape(static_cast<size_t>(*(*vector)[0].constant()));
    if (shape)
        for (const auto& d : *shape)
            if (d.isKnown() && *d.constant() < 0)
                return context.error("the shape has dimension {}", d.toString());
    const bool countable = tensor::isInteger(value->type()) || value->type() == tensor::DataType::boolean;
    const auto count = !shape || shape->size() > 1 ? -1 : shape->empty() ? 1 : shape->front().constantOr(-1);
    context.setOutput(0, value->type(), std::move(shape));
    if (countable && count >= 0 && count <= kContentsLimit)
        context.setContents(0, SymbolicContents(static_cast<size_t>(count), ir::Dim(value->integerAt(0))));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto value = valueOf(context.attributes(), context);
    if (!value) return value.error();
    const auto shape = integersOf(context, 0);
    for (const auto d : shape)
        if (d < 0) return context.error("the shape has dimension {}", d);
    auto y = context.allocate(value->type(), shape);
    if (!y) return y.error();
    fill(*y, &*value);
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op constantOfShapeOp() {
    return {.name = "ConstantOfShape",
            .sinceVersion = 25,
            .family = Family::shape,
            .summary = "y = one value at every place of a shape",
            .inputs = {{"input", kInt64}},
            .outputs = {{"output", kAnyType}},
            .attributes = {},
            .otherAttributes = {"value"},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
