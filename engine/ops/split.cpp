// Split: x cut along one axis into pieces of given sizes, or into num_outputs equal ones (the last may be
// smaller).
#include <algorithm>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_move.h"
#include "engine/ops/support_walk.h"

namespace lathe::ops {
namespace {

// Sizes of `count` nearly equal pieces of `total`.
std::vector<int64_t> equalPieces(int64_t total, int64_t count) {
    const int64_t size = (total + count - 1) / count;
    std::vector<int64_t> pieces;
    for (int64_t i = 0; i < count; ++i)
        pieces.push_back(std::max<int64_t>(0, std::min(size, total - i * size)));
    return pieces;
}

base::Status infer(InferContext& context) {
    const auto* shape = context.shape(0);
    const auto outputs = context.outputCount();
    if (!shape) {
        for (size_t i = 0; i < outputs; ++i) context.setOutput(i, context.element(0), std::nullopt);
        return {};
    }
    const auto axis =
        axisOf(context, context.attributes().integer("axis", 0), static_cast<int64_t>(shape->size()));
    if (!axis) return axis.error();
    const auto& total = (*shape)[*axis];
    std::vector<ir::Dim> pieces;
    if (context.has(1)) {
        const auto sizes = context.contents(1);
        if (sizes && sizes->size() != outputs)
            return context.error("split has {} sizes for {} outputs", sizes->size(), outputs);
        ir::Dim sum = 0;
        for (size_t i = 0; i < outputs; ++i) {
            pieces.push_back(sizes ? (*sizes)[i] : ir::Dim::unknown());
            sum = sum + pieces.back();
            if (pieces[i].isKnown() && *pieces[i].constant() < 0)
                return context.error("split has the size {}", pieces[i].toString());
        }
        if (sum.isKnown() && total.isKnown() && !same(sum, total))
            return context.error("split sizes add up to {}, axis {} has {}", sum.toString(), *axis,
                                 total.toString());
    } else {
        const auto count = context.attributes().integer("num_outputs", static_cast<int64_t>(outputs));
        if (count < 1 || count < static_cast<int64_t>(outputs) || count > kContentsLimit)
            return context.error("num_outputs is {}, the node has {} outputs", count, outputs);
        if (total.isKnown()) {
            for (const auto size : equalPieces(*total.constant(), count)) pieces.emplace_back(size);
        } else {
            // Whole pieces; the last takes what is left.
            const auto size = ceilDiv(total, count);
            pieces.assign(static_cast<size_t>(count), size);
            pieces.back() = total - size * ir::Dim(count - 1);
        }
    }
    const auto contents = shape->size() == 1 ? context.contents(0) : std::nullopt;
    int64_t start = 0;
    for (size_t i = 0; i < outputs; ++i) {
        auto part = *shape;
        part[*axis] = pieces[i];
        context.setOutput(i, context.element(0), std::move(part));
        const auto size = pieces[i].constantOr(-1);
        if (!contents || start < 0 || size < 0 || start + size > static_cast<int64_t>(contents->size())) {
            start = -1;
            continue;
        }
        context.setContents(i, SymbolicContents(contents->begin() + start, contents->begin() + start + size));
        start += size;
    }
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto axis = axisOf(context, context.attributes().integer("axis", 0), x.rank());
    if (!axis) return axis.error();
    const Cut cut(x.shape(), *axis);
    auto sizes = integersOf(context, 1);
    if (!context.has(1)) {
        const auto count =
            context.attributes().integer("num_outputs", static_cast<int64_t>(context.outputCount()));
        if (count < 1 || count < static_cast<int64_t>(context.outputCount()) || count > kContentsLimit)
            return context.error("num_outputs is {}, the node has {} outputs", count, context.outputCount());
        sizes = equalPieces(cut.length, count);
    } else if (sizes.size() != context.outputCount()) {
        return context.error("split has {} sizes for {} outputs", sizes.size(), context.outputCount());
    }
    int64_t left = cut.length;
    for (const auto size : sizes) {
        if (size < 0) return context.error("split has the size {}", size);
        if (size > left) return context.error("split sizes add up to more than {}", cut.length);
        left -= size;
    }
    if (left != 0)
        return context.error("split sizes add up to {}, axis {} has {}", cut.length - left, *axis,
                             cut.length);
    int64_t start = 0;
    for (size_t i = 0; i < context.outputCount(); ++i) {
        auto shape = x.shape();
        shape[*axis] = sizes[i];
        auto y = context.allocate(x.type(), shape);
        if (!y) return y.error();
        Mover mover(x, *y);
        if (!y->empty())
            for (int64_t block = 0; block < cut.outer; ++block)
                mover.copy(block * sizes[i] * cut.inner, (block * cut.length + start) * cut.inner,
                           sizes[i] * cut.inner);
        start += sizes[i];
        context.set(i, std::move(*y));
    }
    return {};
}

// The gradients of the pieces joined; zeros for pieces that count for nothing.
base::Status gradient(GradientContext& context) {
    const auto node = context.node();
    std::vector<ir::ValueId> pieces(node.outputs().begin(), node.outputs().end());
    // A piece nobody asked for still has a size.
    if (std::find(pieces.begin(), pieces.end(), ir::ValueId{}) != pieces.end())
        pieces = context.scope().emitCopy(node.id(), {node.inputs().begin(), node.inputs().end()});
    for (size_t i = 0; i < pieces.size(); ++i)
        pieces[i] =
            context.outputGradient(i) ? context.outputGradient(i) : context.scope().filledLike(0, pieces[i]);
    const int64_t axis = context.attributes().integer("axis", 0);
    context.set(0, context.emit("Concat", pieces, {{"axis", axis}}));
    return {};
}

}  // namespace

Op splitOp() {
    return {
        .name = "Split",
        .sinceVersion = 18,
        .family = Family::shape,
        .summary = "y0, y1, ... = x cut along one axis",
        .inputs = {{"input", kAnyType, "T"}, {"split", kInt64, {}, Presence::optional}},
        .outputs = {{"outputs", kAnyType, "T", Presence::variadic}},
        .attributes = {integerAttribute("axis", 0, "axis to cut"),
                       integerAttribute("num_outputs", 0, "number of equal pieces when no sizes are given")},
        .infer = infer,
        .evaluate = evaluate,
        .gradient = gradient};
}

}  // namespace lathe::ops
