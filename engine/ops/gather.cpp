// Gather: y[..., j, ...] = x[..., indices[j], ...]: rows of x along one axis; negative indices count from the
// end.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_move.h"
#include "engine/ops/support_walk.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto *data = context.shape(0), *indices = context.shape(1);
    if (!data || !indices) {
        context.setOutput(0, context.element(0), std::nullopt);
        return {};
    }
    const auto axis =
        axisOf(context, context.attributes().integer("axis", 0), static_cast<int64_t>(data->size()));
    if (!axis) return axis.error();
    const auto at = static_cast<std::ptrdiff_t>(*axis);
    ir::SymbolicShape result(data->begin(), data->begin() + at);
    result.insert(result.end(), indices->begin(), indices->end());
    result.insert(result.end(), data->begin() + at + 1, data->end());
    const auto rank = result.size();
    context.setOutput(0, context.element(0), std::move(result));
    const auto contents = context.contents(0);
    const auto picks = knownIntegers(context, 1);
    if (!contents || !picks || data->size() != 1 || rank > 1) return {};
    SymbolicContents picked;
    const auto count = static_cast<int64_t>(contents->size());
    for (const int64_t pick : *picks) {
        if (pick < -count || pick >= count)
            return context.error("index {} is outside [{}, {})", pick, -count, count);
        picked.push_back((*contents)[static_cast<size_t>(pick < 0 ? pick + count : pick)]);
    }
    context.setContents(0, std::move(picked));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto &data = context.in(0), &indices = context.in(1);
    const auto axis = axisOf(context, context.attributes().integer("axis", 0), data.rank());
    if (!axis) return axis.error();
    tensor::Shape shape;
    for (size_t i = 0; i < data.shape().size(); ++i)
        if (i != *axis)
            shape.push_back(data.shape()[i]);
        else
            for (const auto d : indices.shape()) shape.push_back(d);
    auto y = context.allocate(data.type(), shape);
    if (!y) return y.error();
    const Cut cut(data.shape(), *axis);
    Mover mover(data, *y);
    const int64_t count = indices.elementCount();
    for (int64_t j = 0; j < count; ++j) {
        const int64_t given = indices.integerAt(j);
        if (given < -cut.length || given >= cut.length)
            return context.error("index {} is outside [{}, {})", given, -cut.length, cut.length);
        const int64_t row = given < 0 ? given + cut.length : given;
        if (y->empty()) continue;
        for (int64_t block = 0; block < cut.outer; ++block)
            mover.copy((block * count + j) * cut.inner, (block * cut.length + row) * cut.inner, cut.inner);
    }
    context.set(0, std::move(*y));
    return {};
}

// Rows that were picked several times get the sum of their gradients.
base::Status gradient(GradientContext& context) {
    if (context.attributes().integer("axis", 0) != 0) return pickGradient(context);
    const auto x = context.input(0);
    const auto places = context.emit("Unsqueeze", {context.input(1), context.integers({-1})});
    context.set(
        0, context.emit("ScatterND", {context.scope().filledLike(0, x), places, context.outputGradient()},
                        {{"reduction", std::string("add")}}));
    return {};
}

}  // namespace

Op gatherOp() {
    return {.name = "Gather",
            .sinceVersion = 13,
            .family = Family::shape,
            .summary = "y = rows of x picked by indices along one axis",
            .inputs = {{"data", kAnyType, "T"}, {"indices", kIndices}},
            .outputs = {{"output", kAnyType, "T"}},
            .attributes = {integerAttribute("axis", 0, "axis the indices count along")},
            .infer = infer,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
