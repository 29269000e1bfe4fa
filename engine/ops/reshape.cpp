// Reshape: the same elements in another shape. A dimension 0 is copied from the input (unless allowzero), one
// dimension -1 is what remains.
#include <algorithm>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"

namespace lathe::ops {
namespace {

using ir::Dim;

// The dimension that makes both element counts equal.
Dim remaining(const ir::SymbolicShape& input, const ir::SymbolicShape& rest) {
    // Equal factors go first, so that one unknown dimension which is only copied does no harm.
    ir::SymbolicShape above = input, below = rest;
    std::erase_if(above, [&](const Dim& d) {
        const auto it = std::find_if(below.begin(), below.end(), [&](const Dim& e) { return same(d, e); });
        if (it == below.end()) return false;
        below.erase(it);
        return true;
    });
    const Dim total = product(above), part = product(below);
    if (part.isKnown() && *part.constant() <= 0) return Dim::unknown();
    if (auto exact = exactDiv(total, part)) return *exact;
    return floorDiv(total, part);
}

base::Status infer(InferContext& context) {
    const auto* input = context.shape(0);
    const bool allowZero = context.attributes().integer("allowzero", 0) != 0;
    auto shape = context.contents(1);
    if (!shape) {
        const auto* vector = context.shape(1);
        const auto count = vector && vector->size() == 1 ? (*vector)[0].constantOr(-1) : -1;
        context.setOutput(0, context.element(0),
                          count < 0 ? std::nullopt : std::optional(unknownShape(static_cast<size_t>(count))));
        return {};
    }
    std::optional<size_t> open;
    size_t unknowns = 0;
    for (size_t i = 0; i < shape->size(); ++i) {
        auto& d = (*shape)[i];
        if (d == Dim(0) && !allowZero) {
            if (input && i >= input->size())
                return context.error("dimension {} is 0 (copied), but the input has rank {}", i,
                                     input->size());
            d = input ? (*input)[i] : Dim::unknown();
        }
        if (d == Dim(-1)) {
            if (open) return context.error("the shape has more than one -1");
            open = i;
            d = Dim::unknown();
        } else if (d.isKnown() && *d.constant() < 0) {
            return context.error("the shape has dimension {}", d.toString());
        }
        if (d.isUnknown()) ++unknowns;
    }
    if (!open && unknowns == 1)
        for (size_t i = 0; i < shape->size(); ++i)
            if ((*shape)[i].isUnknown()) open = i;
    if (input && open && unknowns == 1) {
        auto rest = *shape;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(*open));
        (*shape)[*open] = remaining(*input, rest);
    }
    const auto before = input ? ir::concreteShape(*input) : std::nullopt;
    const auto after = ir::concreteShape(*shape);
    if (before && after && tensor::checkedElementCount(*before) != tensor::checkedElementCount(*after))
        return context.error("{} elements of shape {} do not fit shape {}", product(*input).toString(),
                             ir::toString(*input), ir::toString(*shape));
    const bool vector = shape->size() <= 1;
    context.setOutput(0, context.element(0), std::move(*shape));
    if (auto contents = context.contents(0); contents && vector) context.setContents(0, std::move(*contents));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const bool allowZero = context.attributes().integer("allowzero", 0) != 0;
    auto shape = integersOf(context, 1);
    std::optional<size_t> open;
    for (size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] == 0 && !allowZero) {
            if (i >= x.shape().size())
                return context.error("dimension {} is 0 (copied), but the input has rank {}", i, x.rank());
            shape[i] = x.shape()[i];
        } else if (shape[i] == -1) {
            if (open) return context.error("the shape has more than one -1");
            open = i;
            shape[i] = 1;
        } else if (shape[i] < 0) {
            return context.error("the shape has dimension {}", shape[i]);
        }
    }
    const auto rest = tensor::checkedElementCount(shape);
    if (open && rest && *rest > 0) shape[*open] = x.elementCount() / *rest;
    if (tensor::checkedElementCount(shape) != x.elementCount())
        return context.error("{} elements of shape {} do not fit shape {}", x.elementCount(),
                             tensor::toString(x.shape()), tensor::toString(integersOf(context, 1)));
    context.set(0, x.reshaped(shape));
    return {};
}

}  // namespace

Op reshapeOp() {
    return {
        .name = "Reshape",
        .sinceVersion = 25,
        .family = Family::shape,
        .summary = "y = x in another shape",
        .inputs = {{"data", kAnyType, "T"}, {"shape", kInt64}},
        .outputs = {{"reshaped", kAnyType, "T"}},
        .attributes = {flagAttribute("allowzero", 0, "1: a dimension 0 is an empty dimension, not a copy")},
        .infer = infer,
        .evaluate = evaluate,
        .gradient = reshapeGradient};
}

}  // namespace lathe::ops
