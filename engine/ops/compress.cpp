// Compress: the rows of x (or its elements, without axis) whose condition holds; rows beyond the conditions
// go.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_move.h"
#include "engine/ops/support_walk.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto* shape = context.shape(0);
    const bool flat = !context.attributes().has("axis");
    std::optional<ir::SymbolicShape> result;
    if (flat) {
        result = ir::SymbolicShape{context.freshDim("count")};
    } else if (shape) {
        const auto axis =
            axisOf(context, context.attributes().integer("axis", 0), static_cast<int64_t>(shape->size()));
        if (!axis) return axis.error();
        result = *shape;
        (*result)[*axis] = context.freshDim("count");
    }
    context.setOutput(0, context.element(0), std::move(result));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& given = context.in(0);
    const bool flat = !context.attributes().has("axis");
    const auto x = flat ? given.reshaped(tensor::Shape{given.elementCount()}) : given;
    const auto axis = axisOf(context, flat ? 0 : context.attributes().integer("axis", 0), x.rank());
    if (!axis) return axis.error();
    const Cut cut(x.shape(), *axis);
    const auto condition = context.in(1).values<bool>();
    if (static_cast<int64_t>(condition.size()) > cut.length)
        return context.error("there are {} conditions for {} rows", condition.size(), cut.length);
    std::vector<int64_t> kept;
    for (size_t i = 0; i < condition.size(); ++i)
        if (condition[i]) kept.push_back(static_cast<int64_t>(i));
    auto shape = x.shape();
    shape[*axis] = static_cast<int64_t>(kept.size());
    auto y = context.allocate(x.type(), shape);
    if (!y) return y.error();
    Mover mover(x, *y);
    int64_t to = 0;
    for (int64_t block = 0; !y->empty() && block < cut.outer; ++block)
        for (const int64_t row : kept) {
            mover.copy(to, (block * cut.length + row) * cut.inner, cut.inner);
            to += cut.inner;
        }
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op compressOp() {
    return {.name = "Compress",
            .sinceVersion = 11,
            .family = Family::shape,
            .summary = "y = what of x a condition keeps",
            .inputs = {{"input", kAnyType, "T"}, {"condition", kBool}},
            .outputs = {{"output", kAnyType, "T"}},
            .attributes = {integerAttribute("axis", 0, "axis of the rows; absent: x is taken flat")},
            .infer = infer,
            .evaluate = evaluate,
            .gradient = pickGradient};
}

}  // namespace lathe::ops
