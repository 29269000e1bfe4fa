// com.microsoft GroupQueryAttention: causal attention of a decoder with a cache of keys and values, where
// groups of query heads share a key head.
//
//   Y = softmax(softcap * tanh(scale * Q K^T / softcap) + attention_bias) V
//
// query [batch, steps, heads*size] with key and value alike, or all three packed in query. Of sample b the
// first seqlens_k[b] + 1 positions hold keys, the last `steps` of them new; a step whose number is
// total_sequence_length is a prompt: it begins at position 0. Key and value without steps: the new keys are
// in the cache already.
#include <algorithm>
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_group_query.h"
#include "engine/ops/support_normalize.h"
#include "engine/ops/support_q_linear.h"
#include "engine/ops/support_rotary.h"

namespace lathe::ops {
namespace {

using namespace group_query;

base::Status infer(InferContext& context) {
    const auto& attributes = context.attributes();
    const int64_t heads = attributes.integer("num_heads", 0),
                  keyHeads = attributes.integer("kv_num_heads", 0);
    if (heads < 1 || keyHeads < 1 || heads % keyHeads != 0)
        return context.error("{} heads cannot share {} key heads", heads, keyHeads);
    const auto* q = context.shape(kQuery);
    if (q && q->size() != 3) return context.error("query has {} dimensions, expected 3", q->size());
    if (context.has(kKey) != context.has(kValue)) return context.error("key and value are needed together");
    if (context.has(kPastKey) != context.has(kPastValue))
        return context.error("past_key and past_value are needed together");
    const auto unknown = ir::Dim::unknown();
    const ir::Dim batch = q ? (*q)[0] : unknown, steps = q ? (*q)[1] : unknown;
    const int64_t parts = context.has(kKey) ? heads : heads + 2 * keyHeads;
    if (q && (*q)[2].constantOr(parts) % parts != 0)
        return context.error("query has {} features, which do not divide into {} heads", (*q)[2].toString(),
                             parts);
    const ir::Dim size = q ? floorDiv((*q)[2], parts) : unknown;
    context.setOutput(0, context.element(kQuery),
                      ir::SymbolicShape{batch, steps, context.has(kKey) && q ? (*q)[2] : size * heads});
    // A cache is as long as it was, or grows to the length of all.
    ir::Dim total = unknown;
    if (const auto given = context.contents(kTotal); given && given->size() == 1) total = given->front();
    const auto* past = context.shape(kPastKey);
    if (past && past->size() != 4)
        return context.error("past_key has {} dimensions, expected 4", past->size());
    ir::Dim length = unknown;
    if (attributes.integer("sliding_window_cache", 0) != 0)
        length = past ? (*past)[2] : unknown;
    else if (!context.has(kPastKey))
        length = total.isUnknown() ? steps : total;
    else if (past)
        length = max((*past)[2], total);
    if (length.isUnknown()) length = context.freshDim("cache");
    if (total.isUnknown()) total = context.freshDim("keys");
    const auto type = context.has(kPastKey) ? context.element(kPastKey) : context.element(kQuery);
    const ir::Dim stored = past ? (*past)[3] : size;
    for (const size_t i : {1, 2})
        context.setOutput(i, type, ir::SymbolicShape{batch, keyHeads, length, stored});
    context.setOutput(3, context.element(kQuery), ir::SymbolicShape{batch, heads, steps, total});
    return {};
}

Cost cost(const CostContext& context) {
    const auto& q = context.inputs[kQuery].shape;
    if (q.size() != 3) return trafficCost(context);
    double keys = static_cast<double>(q[1]);
    if (context.has(kPastKey) && context.inputs[kPastKey].shape.size() == 4)
        keys = std::max(keys, static_cast<double>(context.inputs[kPastKey].shape[2]));
    return macCost(context, 2 * keys * context.outputElements());
}

// Each head divided by the root of its mean square, times a weight.
base::Status normalize(const EvalContext& context, size_t weight, Heads& x) {
    const Reals factors = reals(context.in(weight));
    if (static_cast<int64_t>(factors.size()) != x.size)
        return context.error("input {} has {} items, expected {}", weight, factors.size(), x.size);
    const double epsilon = static_cast<double>(context.attributes().real("qk_norm_epsilon", 1e-6f));
    const auto size = static_cast<size_t>(x.size);
    for (size_t first = 0; first < x.values.size(); first += size) {
        const auto row = std::span(x.values).subspan(first, size);
        const double factor = inverseRootMeanSquare(row, epsilon);
        for (size_t i = 0; i < size; ++i) row[i] *= factor * factors[i];
    }
    return {};
}

base::Status turn(const EvalContext& context, const Sequences& sequences, Heads& q, Heads& k) {
    if (!context.has(kCosines) || !context.has(kSines))
        return context.error("do_rotary needs cos_cache and sin_cache");
    const auto cache = readRotaryCache(context, kCosines, kSines);
    if (!cache) return cache.error();
    const bool interleaved = context.attributes().integer("rotary_interleaved", 0) != 0;
    std::vector<int64_t> at;
    if (context.has(kPositionIds)) {
        at = tensor::toIntegers(context.in(kPositionIds));
    } else {
        // Steps of padding lie behind the end; where they turn does not matter.
        for (int64_t n = 0; n < q.batch; ++n)
            for (int64_t s = 0; s < q.steps; ++s) {
                const int64_t position = sequences.position(n, s);
                at.push_back(position < sequences.total[static_cast<size_t>(n)] ? position : 0);
            }
    }
    if (auto ok = rotateHeads(context, q, *cache, at, interleaved); !ok) return ok;
    return k.steps == 0 ? base::Status() : rotateHeads(context, k, *cache, at, interleaved);
}

// What is added to the score of each [batch, head, query, key].
base::Result<Reals> addedScores(const EvalContext& context, const Sequences& sequences, const Heads& q,
                                const Heads& k, const Heads& v) {
    auto added = noAddedScores(context, q, k, v);
    if (!added) return added;
    const auto& attributes = context.attributes();
    const bool causal = attributes.integer("causal", 1) != 0;
    const int64_t window = attributes.integer("local_window_size", -1);
    const Reals bias = realsOr(context, kAttentionBias, 1, 0);
    tensor::Shape shape = {1, 1, q.steps, 1};
    if (context.has(kAttentionBias)) shape = context.in(kAttentionBias).shape();
    if (context.has(kAttentionBias) &&
        (shape.size() != 4 || (shape[0] != 1 && shape[0] != q.batch) ||
         (shape[1] != 1 && shape[1] != q.heads) || shape[2] != q.steps || shape[3] < sequences.longest))
        return context.error("the attention bias {} does not fit {} queries and {} keys",
                             tensor::toString(shape), q.steps, sequences.longest);
    for (size_t i = 0; i < added->size(); ++i) {
        const auto at = static_cast<int64_t>(i);
        const int64_t row = at % k.steps, s = at / k.steps % q.steps, h = at / k.steps / q.steps % q.heads,
                      n = at / k.steps / q.steps / q.heads;
        const int64_t key = sequences.first[static_cast<size_t>(n)] + row;
        const int64_t query = sequences.position(n, s);
        const bool seen = key < sequences.total[static_cast<size_t>(n)] && (!causal || key <= query) &&
                          (window < 0 || key > query - window);
        if (!seen)
            (*added)[i] = -std::numeric_limits<double>::infinity();
        else if (context.has(kAttentionBias))
            (*added)[i] = bias[static_cast<size_t>(
                ((n % shape[0] * shape[1] + h % shape[1]) * shape[2] + s) * shape[3] + key)];
    }
    return added;
}

base::Result<Reals> readSinks(const EvalContext& context, int64_t heads) {
    if (context.has(kHeadSink)) {
        Reals sinks = reals(context.in(kHeadSink));
        if (static_cast<int64_t>(sinks.size()) != heads)
            return context.error("head_sink has {} items, expected {}", sinks.size(), heads);
        return sinks;
    }
    const bool smooth = context.attributes().integer("smooth_softmax", 0) > 0;
    return smooth ? Reals(static_cast<size_t>(heads), 0) : Reals();
}

base::Status evaluate(EvalContext& context) {
    const auto& attributes = context.attributes();
    auto operands = readOperands(context);
    if (!operands) return operands.error();
    auto& [q, k, v] = *operands;
    const auto sequences = readSequences(context, q.batch, q.steps, k.steps);
    if (!sequences) return sequences.error();
    if (context.has(kQueryNorm) != context.has(kKeyNorm))
        return context.error("q_norm_weight and k_norm_weight are needed together");
    if (context.has(kQueryNorm)) {
        if (auto ok = normalize(context, kQueryNorm, q); !ok) return ok;
        if (auto ok = normalize(context, kKeyNorm, k); !ok) return ok;
    }
    if (attributes.integer("do_rotary", 0) != 0)
        if (auto ok = turn(context, *sequences, q, k); !ok) return ok;
    const auto keys = continueCache(context, kPastKey, kKeyScale, "k_quant_type", *sequences, k);
    if (!keys) return keys.error();
    const auto values = continueCache(context, kPastValue, kValueScale, "v_quant_type", *sequences, v);
    if (!values) return values.error();
    const auto added = addedScores(context, *sequences, q, keys->seen, values->seen);
    if (!added) return added.error();
    const auto sinks = readSinks(context, q.heads);
    if (!sinks) return sinks.error();
    const double given = static_cast<double>(attributes.real("scale", 0));
    const int64_t shown = attributes.integer("qk_output", 0);
    const AttentionRule rule{.scale = given != 0 ? given : 1 / std::sqrt(static_cast<double>(q.size)),
                             .softcap = static_cast<double>(attributes.real("softcap", 0)),
                             .shown = shown == 2 ? ScoreStage::weights : ScoreStage::masked,
                             .sinks = *sinks};
    auto [y, scores] = attend(q, keys->seen, values->seen, *added, rule);
    const auto type = context.in(kQuery).type();
    context.set(1, keys->present);
    context.set(2, values->present);
    if (context.wants(3)) {
        // Keys that may not be seen show as 0.
        for (auto& score : scores)
            if (std::isinf(score)) score = 0;
        const tensor::Shape shape = {q.batch, q.heads, q.steps, keys->seen.steps};
        if (auto ok = setReals(context, 3, type, shape, scores); !ok) return ok;
    }
    return setReals(context, 0, type, tensor::Shape{y.batch, y.steps, y.heads * y.size}, joinHeads(y));
}

}  // namespace

Op comMicrosoftGroupQueryAttentionOp() {
    constexpr auto kOptional = Presence::optional;
    constexpr TypeSet kInt32 = typeBit(tensor::DataType::int32), kScale = typeBit(tensor::DataType::float32);
    constexpr TypeSet kCache =
        kFloats | typeSet(tensor::DataType::int8, tensor::DataType::uint8, tensor::DataType::float8e4m3fn);
    return {
        .name = "GroupQueryAttention",
        .domain = kMicrosoft,
        .family = Family::convolution,
        .summary = "Causal attention with a cache, where groups of query heads share a key head",
        .inputs = {{"query", kFloats, "T"},
                   {"key", kFloats, "T", kOptional},
                   {"value", kFloats, "T", kOptional},
                   {"past_key", kCache, "C", kOptional},
                   {"past_value", kCache, "C", kOptional},
                   {"seqlens_k", kInt32},
                   {"total_sequence_length", kInt32},
                   {"cos_cache", kFloats, "T", kOptional},
                   {"sin_cache", kFloats, "T", kOptional},
                   {"position_ids", kInt64, {}, kOptional},
                   {"attention_bias", kFloats, "T", kOptional},
                   {"head_sink", kFloats, "T", kOptional},
                   {"k_scale", kScale, {}, kOptional},
                   {"v_scale", kScale, {}, kOptional},
                   {"q_norm_weight", kFloats, "T", kOptional},
                   {"k_norm_weight", kFloats, "T", kOptional}},
        .outputs = {{"output", kFloats, "T"},
                    {"present_key", kCache, "C", kOptional},
                    {"present_value", kCache, "C", kOptional},
                    {"output_qk", kFloats, "T", kOptional}},
        .attributes = {flagAttribute("causal", 1, "1: a query sees no later keys"),
                       flagAttribute("do_rotary", 0, "1: queries and keys are turned by their positions"),
                       choiceAttribute("k_quant_type", {"NONE", "PER_TENSOR", "PER_CHANNEL"}, "NONE",
                                       "how cached keys are quantized"),
                       integerAttribute("kv_cache_bit_width", 0, "bits of a quantized cache: 8 or 4"),
                       requiredInteger("kv_num_heads", "key heads"),
                       integerAttribute("local_window_size", -1, "keys that a query sees; -1: all"),
                       requiredInteger("num_heads", "query heads"),
                       realAttribute("qk_norm_epsilon", 1e-6, "added to the mean squares of heads"),
                       integerAttribute("qk_output", 0, "output_qk: 1 before, 2 after softmax"),
                       flagAttribute("rotary_interleaved", 0, "1: neighbours are pairs, 0: the two halves"),
                       realAttribute("scale", 0, "factor of the scores; 0: 1/sqrt(size)"),
                       flagAttribute("sliding_window_cache", 0, "1: the cache holds the last positions only"),
                       integerAttribute("smooth_softmax", 0, "1: a score 0 more in the denominator"),
                       realAttribute("softcap", 0, "bound of the scores; 0: none"),
                       choiceAttribute("v_quant_type", {"NONE", "PER_TENSOR", "PER_CHANNEL"}, "NONE",
                                       "how cached values are quantized")},
        .infer = infer,
        .cost = cost,
        .evaluate = evaluate};
}

}  // namespace lathe::ops
