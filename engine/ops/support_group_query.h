// What GroupQueryAttention reads: its operands, where its sequences lie, and its cache of keys and values.
//
// The cache is [batch, key heads, length, size] in the type of the operands, or quantized: int8 or float8
// codes times a scale, or two codes of 4 bits plus 8 in a byte, the lower first. Of sample n its first rows
// hold positions from 0 on, or with sliding_window_cache the last ones that were kept:
//
//   kept(T) = T while that fits the capacity C, else T - G ceil((T - C) / G)      G = C - window + 1
#pragma once

#include "engine/ops/support_attention.h"

namespace lathe::ops::group_query {

enum Input : size_t {
    kQuery,
    kKey,
    kValue,
    kPastKey,
    kPastValue,
    kLengths,
    kTotal,
    kCosines,
    kSines,
    kPositionIds,
    kAttentionBias,
    kHeadSink,
    kKeyScale,
    kValueScale,
    kQueryNorm,
    kKeyNorm
};

struct Operands {
    Heads q, k, v;
};
base::Result<Operands> readOperands(const EvalContext& context);

// Of each sample: positions that hold keys after this call, the position of the first query, past rows of the
// cache in use, and the position of the first of those.
struct Sequences {
    int64_t longest = 0;    // of `total` as the caller tells it
    int64_t capacity = -1;  // of a cache with the last positions only, else -1
    int64_t window = -1;
    std::vector<int64_t> total, begin, kept, first;
    int64_t position(int64_t n, int64_t s) const { return begin[static_cast<size_t>(n)] + s; }
    // How many positions a cache with the last ones holds of `tokens`.
    int64_t resident(int64_t tokens) const;
};
base::Result<Sequences> readSequences(const EvalContext& context, int64_t batch, int64_t steps,
                                      int64_t newSteps);

// Keys (or values) that queries may see, row i of sample n at position first[n] + i, and the cache after.
struct Cache {
    Heads seen;
    tensor::Tensor present;
};
base::Result<Cache> continueCache(const EvalContext& context, size_t past, size_t scale,
                                  std::string_view quantization, const Sequences& sequences,
                                  const Heads& now);

}  // namespace lathe::ops::group_query
