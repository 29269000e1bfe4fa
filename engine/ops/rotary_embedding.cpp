// RotaryEmbedding (Su et al., RoFormer): pairs of features turn by an angle that depends on the position.
//
//   y1 = x1 cos - x2 sin      y2 = x2 cos + x1 sin
//
// Pairs are the two halves of the rotated features, or with interleaved neighbours; the rest passes through.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_reals.h"

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

Cost cost(const CostContext& context) {
    auto cost = trafficCost(context);
    cost.operations = 3 * context.outputElements();
    return cost;
}

base::Status evaluate(EvalContext& context) {
    const auto &x = context.in(0), &cosines = context.in(1), &sines = context.in(2);
    const auto& attributes = context.attributes();
    const bool flat = x.rank() == 3;  // [batch, sequence, heads*size], else [batch, heads, sequence, size]
    if (x.rank() != 3 && x.rank() != 4)
        return context.error("input has {} dimensions, expected 3 or 4", x.rank());
    const int64_t heads = flat ? attributes.integer("num_heads", 0) : x.shape()[1];
    if (heads < 1 || x.shape().back() % (flat ? heads : 1) != 0)
        return context.error("{} heads do not fit input {}", heads, tensor::toString(x.shape()));
    const int64_t batch = x.shape()[0], steps = x.shape()[flat ? 1 : 2],
                  size = flat ? x.shape()[2] / heads : x.shape()[3];
    const int64_t given = attributes.integer("rotary_embedding_dim", 0), rotated = given > 0 ? given : size;
    const int64_t half = rotated / 2;
    const bool positioned = context.has(3);
    const tensor::Shape perStep = {batch, steps, half};
    if (rotated > size || rotated % 2 != 0 || !(cosines.shape() == sines.shape()) ||
        (positioned ? cosines.rank() != 2 || cosines.shape()[1] != half : !(cosines.shape() == perStep)))
        return context.error("caches {} and {} do not fit {} rotated features",
                             tensor::toString(cosines.shape()), tensor::toString(sines.shape()), rotated);
    if (positioned && context.in(3).elementCount() != batch * steps)
        return context.error("position_ids has {} items, expected {}", context.in(3).elementCount(),
                             batch * steps);
    const bool interleaved = attributes.integer("interleaved", 0) != 0;
    const Reals in = reals(x), cosine = reals(cosines), sine = reals(sines);
    Reals y = in;
    for (int64_t n = 0; n < batch; ++n)
        for (int64_t s = 0; s < steps; ++s) {
            int64_t row = n * steps + s;
            if (positioned) {
                row = context.in(3).integerAt(row);
                if (row < 0 || row >= cosines.shape()[0])
                    return context.error("position {} is outside the cache of {}", row, cosines.shape()[0]);
            }
            for (int64_t h = 0; h < heads; ++h) {
                const int64_t first =
                    flat ? ((n * steps + s) * heads + h) * size : ((n * heads + h) * steps + s) * size;
                for (int64_t i = 0; i < half; ++i) {
                    const auto a = static_cast<size_t>(first + (interleaved ? 2 * i : i));
                    const auto b = static_cast<size_t>(first + (interleaved ? 2 * i + 1 : half + i));
                    const double c = cosine[static_cast<size_t>(row * half + i)],
                                 d = sine[static_cast<size_t>(row * half + i)];
                    y[a] = in[a] * c - in[b] * d;
                    y[b] = in[b] * c + in[a] * d;
                }
            }
        }
    return setReals(context, 0, x.type(), x.shape(), y);
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
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
