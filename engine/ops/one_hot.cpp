// OneHot: a new axis of `depth` places: values[1] at the place the index names, values[0] elsewhere. Negative
// indices count from the end; those outside give values[0] only.
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_move.h"
#include "engine/ops/support_walk.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto* indices = context.shape(0);
    if (!indices) {
        context.setOutput(0, context.element(2), std::nullopt);
        return {};
    }
    const auto axis =
        axisOf(context, context.attributes().integer("axis", -1), static_cast<int64_t>(indices->size()) + 1);
    if (!axis) return axis.error();
    ir::Dim depth = ir::Dim::unknown();
    if (const auto contents = context.contents(1); contents && contents->size() == 1)
        depth = contents->front();
    if (const auto* constant = context.constant(1); constant && constant->elementCount() == 1)
        depth = constant->integerAt(0);
    auto result = *indices;
    result.insert(result.begin() + static_cast<std::ptrdiff_t>(*axis), depth);
    context.setOutput(0, context.element(2), std::move(result));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto &indices = context.in(0), &values = context.in(2);
    const auto depth = integerOf(context, 1, "depth", 0);
    if (!depth) return depth.error();
    if (*depth < 0) return context.error("depth is {}", *depth);
    if (values.elementCount() != 2)
        return context.error("values have {} elements, expected 2", values.elementCount());
    const auto axis = axisOf(context, context.attributes().integer("axis", -1), indices.rank() + 1);
    if (!axis) return axis.error();
    tensor::Shape shape = indices.shape();
    shape.insert(shape.begin() + *axis, *depth);
    auto y = context.allocate(values.type(), shape);
    if (!y) return y.error();
    fill(*y, &values);
    const Cut cut(shape, *axis);
    Mover mover(values, *y);
    for (int64_t i = 0; !y->empty() && i < indices.elementCount(); ++i) {
        // Rounded down; indices may be of any number type.
        const double real = std::floor(indices.realAt(i));
        if (!(real >= static_cast<double>(-*depth) && real < static_cast<double>(*depth))) continue;
        const auto given = static_cast<int64_t>(real);
        const int64_t place = given < 0 ? given + *depth : given;
        mover.copy((i / cut.inner * cut.length + place) * cut.inner + i % cut.inner, 1);
    }
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op oneHotOp() {
    return {.name = "OneHot",
            .sinceVersion = 11,
            .family = Family::shape,
            .summary = "y = values[1] at the index, values[0] elsewhere, along a new axis",
            .inputs = {{"indices", kNumbers}, {"depth", kNumbers}, {"values", kAnyType, "T3"}},
            .outputs = {{"output", kAnyType, "T3"}},
            .attributes = {integerAttribute("axis", -1, "where the new axis goes")},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
