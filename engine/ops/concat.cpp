// Concat: joins tensors along one axis; the other dimensions are equal.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_sequence.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    if (context.inputCount() == 0) return context.error("has no inputs");
    const int64_t given = context.attributes().integer("axis", 0);
    const auto element = context.element(0);
    std::optional<ir::SymbolicShape> result;
    size_t axis = 0;
    SymbolicContents joined;
    bool followed = true, ranked = true;
    for (size_t i = 0; i < context.inputCount(); ++i) {
        const auto contents = context.contents(i);
        followed = followed && contents;
        if (followed) joined.insert(joined.end(), contents->begin(), contents->end());
        const auto* shape = context.shape(i);
        ranked = ranked && shape;
        if (!shape) continue;
        if (!result) {
            const auto normal = axisOf(context, given, static_cast<int64_t>(shape->size()));
            if (!normal) return normal.error();
            axis = *normal;
            result = *shape;
            continue;
        }
        if (shape->size() != result->size())
            return context.error("input {} has rank {}, the others have {}", i, shape->size(),
                                 result->size());
        for (size_t d = 0; d < shape->size(); ++d) {
            if (d == axis) {
                (*result)[d] = (*result)[d] + (*shape)[d];
                continue;
            }
            auto merged =
                mergeDims(context, (*result)[d], (*shape)[d], fmt::format("on axis {}, dimensions", d));
            if (!merged) return merged.error();
            (*result)[d] = std::move(*merged);
        }
    }
    if (result && !ranked) (*result)[axis] = ir::Dim::unknown();
    const bool vector = result && result->size() == 1 && ranked;
    context.setOutput(0, element, std::move(result));
    if (followed && vector && static_cast<int64_t>(joined.size()) <= kContentsLimit)
        context.setContents(0, std::move(joined));
    return {};
}

base::Status evaluate(EvalContext& context) {
    if (context.inputCount() == 0) return context.error("has no inputs");
    std::vector<const tensor::Tensor*> parts;
    for (size_t i = 0; i < context.inputCount(); ++i) parts.push_back(&context.in(i));
    auto y = joinedTensors(context, parts, context.attributes().integer("axis", 0));
    if (!y) return y.error();
    context.set(0, std::move(*y));
    return {};
}

// Each input gets its piece of dy.
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    const int64_t axis = context.attributes().integer("axis", 0);
    if (context.inputCount() == 1) {
        context.set(0, dy);
        return {};
    }
    std::vector<ir::ValueId> sizes;
    for (size_t i = 0; i < context.inputCount(); ++i)
        sizes.push_back(context.scope().dimensionOf(context.input(i), axis));
    const auto lengths = context.emit("Concat", sizes, {{"axis", int64_t{0}}});
    const auto pieces =
        context.scope().emitAll("Split", {dy, lengths}, {{"axis", axis}}, context.inputCount());
    for (size_t i = 0; i < pieces.size(); ++i)
        if (context.wants(i)) context.set(i, pieces[i]);
    return {};
}

}  // namespace

Op concatOp() {
    return {.name = "Concat",
            .sinceVersion = 13,
            .family = Family::shape,
            .summary = "y = the inputs joined along one axis",
            .inputs = {{"inputs", kAnyType, "T", Presence::variadic}},
            .outputs = {{"concat_result", kAnyType, "T"}},
            .attributes = {requiredInteger("axis", "axis along which to join")},
            .infer = infer,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
