// SpaceToDepth: blocks of pixels become channels: [N, C, H, W] to [N, C*b^2, H/b, W/b].
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_move.h"
#include "engine/ops/support_walk.h"

namespace lathe::ops {
namespace {

base::Result<int64_t> blockOf(const auto& context) {
    const int64_t block = context.attributes().integer("blocksize", 0);
    if (block < 1 || block > INT32_MAX) return context.error("blocksize is {}, expected at least 1", block);
    return block;
}

base::Status infer(InferContext& context) {
    const auto block = blockOf(context);
    if (!block) return block.error();
    const auto* shape = context.shape(0);
    if (!shape) {
        context.setOutput(0, context.element(0), ir::SymbolicShape(4, ir::Dim::unknown()));
        return {};
    }
    if (shape->size() != 4) return context.error("the input has rank {}, expected 4", shape->size());
    const ir::Dim b(*block);
    ir::Dim sizes[2];
    for (const size_t i : {size_t{0}, size_t{1}}) {
        const auto& d = (*shape)[i + 2];
        const auto size = exactDiv(d, b);
        if (!size && d.isKnown())
            return context.error("dimension {} is {}, which does not divide by {}", i + 2, d.toString(),
                                 *block);
        sizes[i] = size ? *size : floorDiv(d, b);
    }
    context.setOutput(0, context.element(0),
                      ir::SymbolicShape{(*shape)[0], (*shape)[1] * b * b, sizes[0], sizes[1]});
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto block = blockOf(context);
    if (!block) return block.error();
    if (x.rank() != 4) return context.error("the input has rank {}, expected 4", x.rank());
    const int64_t b = *block;
    const int64_t n = x.dimension(0), c = x.dimension(1), h = x.dimension(2), w = x.dimension(3);
    for (const size_t i : {size_t{2}, size_t{3}})
        if (x.dimension(i) % b != 0)
            return context.error("dimension {} is {}, which does not divide by {}", i, x.dimension(i), b);
    int64_t channels = 0;
    if (__builtin_mul_overflow(c, b * b, &channels)) return context.error("blocks of {} are too large", b);
    auto y = context.allocate(x.type(), tensor::Shape{n, channels, h / b, w / b});
    if (!y) return y.error();
    Mover mover(x, *y);
    // The result seen as [n, block row, block column, c, h/b, w/b].
    Walk from(tensor::Shape{n, b, b, c, h / b, w / b}, tensor::Shape{c * h * w, w, 1, h * w, b * w, b});
    for (int64_t i = 0; i < y->elementCount(); ++i, from.next()) mover.copy(i, from.index());
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op spaceToDepthOp() {
    return {.name = "SpaceToDepth",
            .sinceVersion = 13,
            .family = Family::shape,
            .summary = "y = blocks of pixels moved into channels",
            .inputs = {{"input", kAnyType, "T"}},
            .outputs = {{"output", kAnyType, "T"}},
            .attributes = {requiredInteger("blocksize", "edge of a block")},
            .infer = infer,
            .evaluate = evaluate,
            .gradient = pickGradient};
}

}  // namespace lathe::ops
