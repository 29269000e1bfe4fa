// com.microsoft RotaryEmbedding: pairs of features turn by an angle that depends on the position.
//
// position_ids is one number, the position of the first step, or a position for each [batch, step]. Heads of
// an input with 3 dimensions are as large as the caches say, or num_heads with rotary_embedding_dim, which
// turns only the first features. Packed batching: sequences may be longer than the caches.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_q_linear.h"
#include "engine/ops/support_rotary.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto& attributes = context.attributes();
    if (const auto* x = context.shape(0); x && x->size() != 3 && x->size() != 4)
        return context.error("input has {} dimensions, expected 3 or 4", x->size());
    if (const auto* at = context.shape(1); at && at->size() != 1 && at->size() != 2)
        return context.error("position_ids has {} dimensions, expected 1 or 2", at->size());
    for (const size_t i : {2, 3})
        if (const auto* cache = context.shape(i); cache && cache->size() != 2)
            return context.error("{} has {} dimensions, expected 2", i == 2 ? "cos_cache" : "sin_cache",
                                 cache->size());
    if (attributes.integer("rotary_embedding_dim", 0) > 0 && attributes.integer("num_heads", 0) < 1)
        return context.error("num_heads is needed with rotary_embedding_dim");
    return inferSameAsFirst(context);
}

base::Status evaluate(EvalContext& context) {
    const auto &x = context.in(0), &positions = context.in(1);
    const auto& attributes = context.attributes();
    if (x.rank() != 3 && x.rank() != 4)
        return context.error("input has {} dimensions, expected 3 or 4", x.rank());
    const auto cache = readRotaryCache(context, 2, 3);
    if (!cache) return cache.error();
    const bool flat = x.rank() == 3;
    const int64_t rotated = attributes.integer("rotary_embedding_dim", 0);
    int64_t heads = attributes.integer("num_heads", 0);
    if (rotated == 0 && heads == 0 && flat && cache->half > 0) heads = x.shape()[2] / (2 * cache->half);
    if (!flat) heads = x.shape()[1];
    if (heads < 1 || (flat && x.shape()[2] % heads != 0))
        return context.error("{} heads do not fit input {}", heads, tensor::toString(x.shape()));
    Heads y =
        flat ? splitHeads(reals(x), x.shape()[0], x.shape()[1], heads, x.shape()[2] / heads) : readHeads(x);
    if (2 * cache->half != (rotated > 0 ? rotated : y.size))
        return context.error("caches {} do not fit {} rotated features",
                             tensor::toString(context.in(2).shape()), rotated > 0 ? rotated : y.size);
    if (attributes.integer("is_packed_batching", 0) == 0 && y.steps > cache->positions)
        return context.error("a sequence of {} steps is longer than the cache of {}", y.steps,
                             cache->positions);
    std::vector<int64_t> at = tensor::toIntegers(positions);
    if (positions.rank() == 1) {
        if (at.size() != 1) return context.error("position_ids has {} items, expected 1", at.size());
        const int64_t first = at.front();
        at.clear();
        for (int64_t i = 0; i < y.batch * y.steps; ++i) at.push_back(first + i % y.steps);
    }
    if (auto ok = rotateHeads(context, y, *cache, at, attributes.integer("interleaved", 0) != 0); !ok)
        return ok;
    return setReals(context, 0, x.type(), x.shape(), flat ? joinHeads(y) : y.values);
}

}  // namespace

Op comMicrosoftRotaryEmbeddingOp() {
    return {.name = "RotaryEmbedding",
            .domain = kMicrosoft,
            .family = Family::elementwise,
            .summary = "Turns pairs of features by angles that depend on the position",
            .inputs = {{"input", kFloats, "T"},
                       {"position_ids", kInt64},
                       {"cos_cache", kFloats, "T"},
                       {"sin_cache", kFloats, "T"}},
            .outputs = {{"output", kFloats, "T"}},
            .attributes = {flagAttribute("interleaved", 0, "1: neighbours are pairs, 0: the two halves"),
                           flagAttribute("is_packed_batching", 0, "1: sequences may exceed the caches"),
                           integerAttribute("num_heads", 0, "heads; needed with rotary_embedding_dim"),
                           integerAttribute("rotary_embedding_dim", 0, "features rotated; 0: all"),
                           realAttribute("scale", 1, "has no effect, as in ONNX Runtime")},
            .infer = infer,
            .cost = rotaryCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
