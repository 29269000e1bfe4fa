// RotaryEmbedding (Su et al., RoFormer): pairs of features turn by an angle that depends on the position.
//
//   y1 = x1 cos - x2 sin      y2 = x2 cos + x1 sin
//
// Pairs are the two halves of the rotated features, or with interleaved neighbours; the rest passes through.
#include <numeric>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_rotary.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    if (const auto* x = context.shape(0)) {
        if (x->size() != 3 && x->size() != 4)
            return context.error("input has {} dimensions, expected 3 or 4", x->size());
        if (x->size() == 3 && context.attributes().integer("num_heads", 0) < 1)
            return context.error("num_heads is needed for an input with 3 dimensions");
    }
    return inferSameAsFirst(context);
}

base::Status evaluate(EvalContext& context) {
    const auto &x = context.in(0), &cosines = context.in(1);
    const auto& attributes = context.attributes();
    const bool flat = x.rank() == 3;  // [batch, sequence, heads*size], else [batch, heads, sequence, size]
    if (x.rank() != 3 && x.rank() != 4)
        return context.error("input has {} dimensions, expected 3 or 4", x.rank());
    const int64_t heads = flat ? attributes.integer("num_heads", 0) : x.shape()[1];
    if (heads < 1 || x.shape().back() % (flat ? heads : 1) != 0)
        return context.error("{} heads do not fit input {}", heads, tensor::toString(x.shape()));
    Heads y =
        flat ? splitHeads(reals(x), x.shape()[0], x.shape()[1], heads, x.shape()[2] / heads) : readHeads(x);
    const int64_t given = attributes.integer("rotary_embedding_dim", 0), rotated = given > 0 ? given : y.size;
    const bool positioned = context.has(3);
    const tensor::Shape perStep = {y.batch, y.steps, rotated / 2};
    if (rotated > y.size || rotated % 2 != 0 || !(cosines.shape() == context.in(2).shape()) ||
        (positioned ? cosines.rank() != 2 || cosines.shape()[1] != rotated / 2
                    : !(cosines.shape() == perStep)))
        return context.error("caches {} and {} do not fit {} rotated features",
                             tensor::toString(cosines.shape()), tensor::toString(context.in(2).shape()),
                             rotated);
    const auto cache = readRotaryCache(context, 1, 2);
    if (!cache) return cache.error();
    // Without position_ids the caches hold an entry for each step of each sample.
    std::vector<int64_t> at(static_cast<size_t>(y.batch * y.steps));
    std::iota(at.begin(), at.end(), 0);
    if (positioned) at = tensor::toIntegers(context.in(3));
    if (auto ok = rotateHeads(context, y, *cache, at, attributes.integer("interleaved", 0) != 0); !ok)
        return ok;
    return setReals(context, 0, x.type(), x.shape(), flat ? joinHeads(y) : y.values);
}

}  // namespace

Op rotaryEmbeddingOp() {
    return {.name = "RotaryEmbedding",
            .sinceVersion = 23,
            .family = Family::elementwise,
            .summary = "Turns pairs of features by angles that depend on the position",
            .inputs = {{"X", kFloats, "T"},
                       {"cos_cache", kFloats, "T"},
                       {"sin_cache", kFloats, "T"},
                       {"position_ids", kInt64, {}, Presence::optional}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {flagAttribute("interleaved", 0, "1: neighbours are pairs, 0: the two halves"),
                           integerAttribute("num_heads", 0, "heads, needed for an input with 3 dimensions"),
                           integerAttribute("rotary_embedding_dim", 0, "features rotated; 0: all")},
            .infer = infer,
            .cost = rotaryCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
