// SplitToSequence: x cut along one axis into pieces of one size (the last may be smaller) or of given sizes.
// Without `split` the pieces have size 1 and, with keepdims = 0, lose the axis.
#include <algorithm>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_move.h"
#include "engine/ops/support_sequence.h"
#include "engine/ops/support_walk.h"

namespace lathe::ops {
namespace {

// More pieces cost more memory than their numbers, and a shape with a zero has any number for free.
constexpr int64_t kMostPieces = int64_t{1} << 20;

base::Status checkSizes(const auto& context, const std::vector<int64_t>& sizes, bool scalar, int64_t total) {
    if (scalar) {
        if (sizes.size() == 1 && sizes[0] > 0) return {};
        return context.error("split is {}, expected a positive size", sizes.empty() ? 0 : sizes[0]);
    }
    int64_t left = total;
    for (const auto size : sizes) {
        if (size < 0) return context.error("split has the size {}", size);
        if (size > left) return context.error("split sizes add up to more than {}", total);
        left -= size;
    }
    if (left == 0) return {};
    return context.error("split sizes add up to {}, the axis has {}", total - left, total);
}

// The size all pieces have, as far as it is known.
ir::Dim pieceSize(const InferContext& context, const ir::Dim& total) {
    const auto known = knownIntegers(context, 1);
    const auto* shape = context.shape(1);
    if (!known || !shape || known->empty()) return ir::Dim::unknown();
    const auto size = known->front();
    if (!shape->empty())
        return std::all_of(known->begin(), known->end(), [&](int64_t other) { return other == size; })
                   ? ir::Dim(size)
                   : ir::Dim::unknown();
    if (total.isKnown() && (*total.constant() <= size)) return total;
    return total.isKnown() && *total.constant() % size == 0 ? ir::Dim(size) : ir::Dim::unknown();
}

base::Status infer(InferContext& context) {
    const auto* split = context.shape(1);
    if (split && split->size() > 1)
        return context.error("split has {} dimensions, expected at most 1", split->size());
    const auto* x = context.shape(0);
    if (!x) {
        context.setOutput(0, ir::ValueType::sequenceOf(ir::ValueType::tensorOf(context.element(0))));
        return {};
    }
    const auto axis =
        axisOf(context, context.attributes().integer("axis", 0), static_cast<int64_t>(x->size()));
    if (!axis) return axis.error();
    auto shape = *x;
    const auto total = shape[*axis];
    if (const auto known = knownIntegers(context, 1); context.has(1) && known && split && total.isKnown())
        if (auto s = checkSizes(context, *known, split->empty(), *total.constant()); !s) return s;
    if (context.has(1))
        shape[*axis] = pieceSize(context, total);
    else if (context.attributes().integer("keepdims", 1) != 0)
        shape[*axis] = 1;
    else
        shape.erase(shape.begin() + static_cast<std::ptrdiff_t>(*axis));
    context.setOutput(
        0, ir::ValueType::sequenceOf(ir::ValueType::tensorOf(context.element(0), std::move(shape))));
    return {};
}

base::Result<std::vector<int64_t>> pieces(const EvalContext& context, int64_t total) {
    int64_t size = 1;
    if (context.has(1)) {
        auto sizes = integersOf(context, 1);
        const bool scalar = context.in(1).rank() == 0;
        if (auto s = checkSizes(context, sizes, scalar, total); !s) return s.error();
        if (!scalar) return sizes;
        size = sizes[0];
    }
    if (total / size > kMostPieces)
        return context.error("{} pieces are too many, at most {} are made", total / size, kMostPieces);
    std::vector<int64_t> result;
    for (int64_t start = 0; start < total; start += std::min(size, total - start))
        result.push_back(std::min(size, total - start));
    return result;
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto axis = axisOf(context, context.attributes().integer("axis", 0), x.rank());
    if (!axis) return axis.error();
    const Cut cut(x.shape(), *axis);
    const auto sizes = pieces(context, cut.length);
    if (!sizes) return sizes.error();
    const bool drop = !context.has(1) && context.attributes().integer("keepdims", 1) == 0;
    tensor::Sequence sequence;
    sequence.elementType = x.type();
    int64_t start = 0;
    for (const auto size : *sizes) {
        auto shape = x.shape();
        shape[*axis] = size;
        auto piece = context.allocate(x.type(), shape);
        if (!piece) return piece.error();
        Mover mover(x, *piece);
        if (!piece->empty())
            for (int64_t block = 0; block < cut.outer; ++block)
                mover.copy(block * size * cut.inner, (block * cut.length + start) * cut.inner,
                           size * cut.inner);
        start += size;
        if (drop) shape.erase(shape.begin() + *axis);
        if (auto s = append(context, sequence, drop ? piece->reshaped(shape) : std::move(*piece)); !s)
            return s;
    }
    context.set(0, std::move(sequence));
    return {};
}

}  // namespace

Op splitToSequenceOp() {
    return {.name = "SplitToSequence",
            .sinceVersion = 24,
            .family = Family::shape,
            .summary = "sequence of the pieces of x along one axis",
            .inputs = {{"input", kAnyType}, {"split", kIndices, {}, Presence::optional}},
            .outputs = {{"output_sequence", kAnyType}},
            .attributes = {integerAttribute("axis", 0, "axis to cut"),
                           flagAttribute("keepdims", 1, "0: pieces of size 1 lose the axis")},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
