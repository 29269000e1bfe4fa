// Scaled dot-product attention over heads, which the standard and ONNX Runtime's operators share:
//
//   s = scale * Q K^T      s = softcap * tanh(s / softcap)      s += added      Y = softmax(s) V
//
// Fewer key heads than query heads are shared by groups of query heads.
#pragma once

#include <cstdint>
#include <span>

#include "engine/ops/eval_context.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {

// Numbers as [batch, heads, steps, size].
struct Heads {
    int64_t batch = 0, heads = 0, steps = 0, size = 0;
    Reals values;

    tensor::Shape shape() const { return {batch, heads, steps, size}; }
    int64_t offset(int64_t n, int64_t h, int64_t s) const { return ((n * heads + h) * steps + s) * size; }
    const double* row(int64_t n, int64_t h, int64_t s) const { return values.data() + offset(n, h, s); }
    double* row(int64_t n, int64_t h, int64_t s) { return values.data() + offset(n, h, s); }
};

// Where the heads lie in a row of one step.
struct HeadLayout {
    int64_t width = 0;   // numbers of a step
    int64_t first = 0;   // where head 0 begins
    int64_t stride = 0;  // from one head to the next
};
// The heads in [batch, steps, width]; `target` tells the sizes.
Heads splitHeads(std::span<const double> values, Heads target, const HeadLayout& layout);
// Of [batch, steps, heads*size].
Heads splitHeads(std::span<const double> values, int64_t batch, int64_t steps, int64_t heads, int64_t size);
// [batch, steps, heads*size]
Reals joinHeads(const Heads& x);
// A tensor [batch, heads, steps, size].
Heads readHeads(const tensor::Tensor& tensor);
// The steps of `past` in front of those of `now`; both have the same batch, heads and size.
Heads joinSteps(const Heads& past, const Heads& now);

enum class ScoreStage : uint8_t { plain, capped, masked, weights };

struct AttentionRule {
    double scale = 1;
    double softcap = 0;  // 0: none
    ScoreStage shown = ScoreStage::plain;
    // The score, one a query head, of a key that is always there and whose value is 0; empty: none.
    Reals sinks = {};
};
struct Attended {
    Heads y;
    Reals scores;  // [batch, query heads, queries, keys] at the stage that the rule names
};
// `added` has the shape of the scores; minus infinity forbids. A query that may see nothing attends to
// nothing.
Attended attend(const Heads& q, const Heads& k, const Heads& v, std::span<const double> added,
                const AttentionRule& rule);

// Where Q, K and V fit each other and the scores fit into memory: zeros to add to the scores, else an error.
base::Result<Reals> noAddedScores(const EvalContext& context, const Heads& q, const Heads& k, const Heads& v);

}  // namespace lathe::ops
