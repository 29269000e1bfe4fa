// Rotary position embedding (Su et al., RoFormer): pairs of features turn by an angle that depends on the
// position.
//
//   y1 = x1 cos - x2 sin      y2 = x2 cos + x1 sin
//
// Pairs are the two halves of the rotated features, or with interleaved neighbours; the rest passes through.
#pragma once

#include <span>

#include "engine/ops/cost_context.h"
#include "engine/ops/support_attention.h"

namespace lathe::ops {

// Cosines and sines as [positions, half].
struct RotaryCache {
    int64_t positions = 0, half = 0;
    Reals cosines, sines;
};
// Of two inputs of one shape, whose last axis is `half`.
base::Result<RotaryCache> readRotaryCache(const EvalContext& context, size_t cosines, size_t sines);
// The angle of pair i of `half` at a position is position / 10000^(i / half).
RotaryCache usualRotaryCache(int64_t positions, int64_t half);

// Turns the first 2*half features of every head; `at` holds the position of each [batch, step].
base::Status rotateHeads(const EvalContext& context, Heads& x, const RotaryCache& cache,
                         std::span<const int64_t> at, bool interleaved);
Cost rotaryCost(const CostContext& context);

}  // namespace lathe::ops
