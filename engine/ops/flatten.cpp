// Flatten: x as a matrix: the dimensions before `axis` make the rows, the others the columns.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"

namespace lathe::ops {
namespace {

// Unlike elsewhere the axis may be the rank itself.
base::Result<size_t> axisFrom(const auto& context, int64_t rank) {
    const int64_t axis = context.attributes().integer("axis", 1);
    if (axis < -rank || axis > rank)
        return context.error("axis {} is outside [{}, {}] of a tensor of rank {}", axis, -rank, rank, rank);
    return static_cast<size_t>(axis < 0 ? axis + rank : axis);
}

base::Status infer(InferContext& context) {
    const auto* shape = context.shape(0);
    if (!shape) {
        context.setOutput(0, context.element(0), unknownShape(2));
        return {};
    }
    const auto axis = axisFrom(context, static_cast<int64_t>(shape->size()));
    if (!axis) return axis.error();
    const std::span<const ir::Dim> dims(*shape);
    context.setOutput(0, context.element(0),
                      ir::SymbolicShape{product(dims.first(*axis)), product(dims.subspan(*axis))});
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto axis = axisFrom(context, x.rank());
    if (!axis) return axis.error();
    const tensor::Dimensions dims(x.shape());
    const auto rows = tensor::checkedElementCount(dims.first(*axis));
    const auto columns = tensor::checkedElementCount(dims.subspan(*axis));
    if (!rows || !columns) return context.error("shape {} is too large", tensor::toString(dims));
    context.set(0, x.reshaped(tensor::Shape{*rows, *columns}));
    return {};
}

}  // namespace

Op flattenOp() {
    return {.name = "Flatten",
            .sinceVersion = 25,
            .family = Family::shape,
            .summary = "y = x as a matrix",
            .inputs = {{"input", kAnyType, "T"}},
            .outputs = {{"output", kAnyType, "T"}},
            .attributes = {integerAttribute("axis", 1,
                                            "first dimension of the columns, from the end when negative")},
            .infer = infer,
            .evaluate = evaluate,
            .gradient = reshapeGradient};
}

}  // namespace lathe::ops
