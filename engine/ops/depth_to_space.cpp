// DepthToSpace: blocks of channels become blocks of pixels: [N, C, H, W] to [N, C/b^2, H*b, W*b]. DCR: the
// block is the outer part of the channel index, CRD: the inner part.
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
    const ir::Dim area(*block * *block);
    const auto channels = exactDiv((*shape)[1], area);
    if (!channels && (*shape)[1].isKnown())
        return context.error("{} channels do not divide by {}", (*shape)[1].toString(), area.toString());
    const ir::Dim b(*block);
    context.setOutput(0, context.element(0),
                      ir::SymbolicShape{(*shape)[0], channels ? *channels : floorDiv((*shape)[1], area),
                                        (*shape)[2] * b, (*shape)[3] * b});
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto block = blockOf(context);
    if (!block) return block.error();
    if (x.rank() != 4) return context.error("the input has rank {}, expected 4", x.rank());
    const int64_t b = *block;
    const int64_t n = x.dimension(0), c = x.dimension(1), h = x.dimension(2), w = x.dimension(3);
    if (c % (b * b) != 0) return context.error("{} channels do not divide by {}", c, b * b);
    const int64_t out = c / (b * b);
    int64_t height = 0, width = 0;
    if (__builtin_mul_overflow(h, b, &height) || __builtin_mul_overflow(w, b, &width))
        return context.error("blocks of {} make the image too large", b);
    auto y = context.allocate(x.type(), tensor::Shape{n, out, height, width});
    if (!y) return y.error();
    Mover mover(x, *y);
    // The result seen as [n, out, h, block row, w, block column].
    const bool depthFirst = context.attributes().text("mode", "DCR") == "DCR";
    const int64_t plane = h * w;
    const tensor::Shape steps = depthFirst
                                    ? tensor::Shape{c * plane, plane, w, b * out * plane, 1, out * plane}
                                    : tensor::Shape{c * plane, b * b * plane, w, b * plane, 1, plane};
    Walk from(tensor::Shape{n, out, h, b, w, b}, steps);
    for (int64_t i = 0; i < y->elementCount(); ++i, from.next()) mover.copy(i, from.index());
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op depthToSpaceOp() {
    return {
        .name = "DepthToSpace",
        .sinceVersion = 13,
        .family = Family::shape,
        .summary = "y = channels moved into blocks of pixels",
        .inputs = {{"input", kAnyType, "T"}},
        .outputs = {{"output", kAnyType, "T"}},
        .attributes = {requiredInteger("blocksize", "edge of a block"),
                       choiceAttribute(
                           "mode", {"DCR", "CRD"}, "DCR",
                           "whether the block is the outer (DCR) or the inner (CRD) part of the channel")},
        .infer = infer,
        .evaluate = evaluate,
        .gradient = pickGradient};
}

}  // namespace lathe::ops
