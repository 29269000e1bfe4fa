// What ONNX Runtime's attention operators add to the scores, and how their keys continue past ones.
#pragma once

#include <limits>
#include <optional>

#include "engine/ops/support_attention.h"

namespace lathe::ops {

// The score of a key that may not be seen: the lowest float, not minus infinity, as these operators show it.
inline constexpr double kForbiddenScore = static_cast<double>(std::numeric_limits<float>::lowest());

// The scores that additions go to: [batch, heads, queries, keys], the first `past` keys being past ones.
struct ScoreSpace {
    int64_t batch = 0, heads = 0, queries = 0, keys = 0, past = 0;
};

// Input i as a mask, where present: ends [batch], ends and starts [2*batch], lengths with offsets of packed
// batches [3*batch + 2], or what may be seen (above 0) as [batch, keys], [batch, queries, keys] or
// [batch, 1, most, most]. Keys that may not be seen get `masked`.
base::Status addKeyMask(const EvalContext& context, size_t i, const ScoreSpace& space, double masked,
                        Reals& added);
// Input i, where present: [batch or 1, heads or 1, queries, keys].
base::Status addScoreBias(const EvalContext& context, size_t i, const ScoreSpace& space, Reals& added);
// A query sees no later keys.
void forbidLater(const ScoreSpace& space, Reals& added);

// A bias vector of a row of a step to its heads.
void addHeadBias(Heads& x, std::span<const double> bias);

// Keys or values after past ones: those attended to, and those handed on.
struct Continued {
    Heads joined, present;
};
// `used`: how many steps of a buffer that is longer than the past are in use; none: all are.
base::Result<Continued> continueSteps(const EvalContext& context, const Heads& past, const Heads& now,
                                      std::optional<int64_t> used);

}  // namespace lathe::ops
