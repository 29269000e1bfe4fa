// com.microsoft MultiHeadAttention: Y = softmax(scale * Q K^T + mask + attention_bias) V head by head, where
// Q, K and V are products less their biases.
//
// query [batch, steps, heads*size] with key and value alike, with both packed in key [batch, steps, heads, 2,
// size], or with keys and values of another sequence as heads [batch, heads, steps, size], which take no
// bias; or all three packed in query [batch, steps, heads, 3, size].
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_key_cache.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

enum Input : size_t {
    kQuery,
    kKey,
    kValue,
    kBias,
    kMask,
    kAttentionBias,
    kPastKey,
    kPastValue,
    kPastLength,
    kBeams
};

base::Status checkRanks(const InferContext& context) {
    const auto *q = context.shape(kQuery), *k = context.shape(kKey), *v = context.shape(kValue);
    if (context.attributes().integer("num_heads", 0) < 1)
        return context.error("num_heads is {}, expected 1 or more",
                             context.attributes().integer("num_heads", 0));
    if (q && q->size() != 3 && q->size() != 5)
        return context.error("query has {} dimensions, expected 3 or 5", q->size());
    if (k && (k->size() < 3 || k->size() > 5))
        return context.error("key has {} dimensions, expected 3, 4 or 5", k->size());
    if (v && v->size() != 3 && v->size() != 4)
        return context.error("value has {} dimensions, expected 3 or 4", v->size());
    if (q && q->size() == 3 && !context.has(kKey))
        return context.error("key is needed beside a query with 3 dimensions");
    if (k && k->size() != 5 && !context.has(kValue))
        return context.error("value is needed beside a key with {} dimensions", k->size());
    return {};
}

base::Status infer(InferContext& context) {
    if (auto ok = checkRanks(context); !ok) return ok;
    const auto *q = context.shape(kQuery), *k = context.shape(kKey), *v = context.shape(kValue);
    const auto unknown = ir::Dim::unknown();
    const ir::Dim heads = context.attributes().integer("num_heads", 1);
    const bool packed = q && q->size() == 5;
    const ir::Dim batch = q ? (*q)[0] : unknown, steps = q ? (*q)[1] : unknown;
    const ir::Dim size = !q ? unknown : packed ? (*q)[4] : floorDiv((*q)[2], heads);
    ir::Dim keys = unknown, valueSize = unknown;
    if (packed) {
        keys = steps;
        valueSize = size;
    } else if (k) {
        keys = (*k)[k->size() == 4 ? 2 : 1];
        if (k->size() == 5) valueSize = (*k)[4];
    }
    ir::Dim width = heads * valueSize;
    if (!packed && v) {
        width = v->size() == 3 ? (*v)[2] : heads * (*v)[3];
        valueSize = v->size() == 3 ? floorDiv(width, heads) : (*v)[3];
    }
    ir::Dim total = keys, buffer = keys;
    if (context.has(kPastKey)) {
        const auto* past = context.shape(kPastKey);
        if (past && past->size() != 4)
            return context.error("past_key has {} dimensions, expected 4", past->size());
        total = past && !context.has(kPastLength) ? keys + (*past)[2] : unknown;
        buffer = past && context.has(kPastLength) ? (*past)[2] : total;
    }
    const auto type = context.element(kQuery);
    context.setOutput(0, type, ir::SymbolicShape{batch, steps, width});
    context.setOutput(1, type, ir::SymbolicShape{batch, heads, buffer, size});
    context.setOutput(2, type, ir::SymbolicShape{batch, heads, buffer, valueSize});
    context.setOutput(3, type, ir::SymbolicShape{batch, heads, steps, total});
    return {};
}

Cost cost(const CostContext& context) {
    const auto& q = context.inputs[kQuery].shape;
    if (q.size() < 3) return trafficCost(context);
    double keys = static_cast<double>(q[1]);
    if (context.has(kKey))
        keys = static_cast<double>(context.inputs[kKey].shape.size() == 4 ? context.inputs[kKey].shape[2]
                                                                          : context.inputs[kKey].shape[1]);
    if (context.has(kPastKey) && context.inputs[kPastKey].shape.size() == 4)
        keys += static_cast<double>(context.inputs[kPastKey].shape[2]);
    const double queries = q.size() == 5 ? context.inputElements(kQuery) / 3 : context.inputElements(kQuery);
    return macCost(context, keys * (queries + context.outputElements()));
}

struct Operands {
    Heads q, k, v;
    bool biasedKeys = true;  // the bias speaks of K and V too
};

base::Result<Operands> readOperands(const EvalContext& context) {
    const int64_t heads = context.attributes().integer("num_heads", 0);
    const auto& query = context.in(kQuery);
    // Part `part` of `parts` in [batch, steps, heads, parts, size].
    const auto unpacked = [&](size_t i, int64_t parts, int64_t part) -> base::Result<Heads> {
        const auto& x = context.in(i);
        const auto& shape = x.shape();
        if (x.rank() != 5 || shape[2] != heads || shape[3] != parts)
            return context.error("input {} {} must be [batch, steps, {}, {}, size]", i,
                                 tensor::toString(shape), heads, parts);
        return splitHeads(reals(x), Heads{shape[0], heads, shape[1], shape[4], {}},
                          {heads * parts * shape[4], part * shape[4], parts * shape[4]});
    };
    const auto flat = [&](size_t i) -> base::Result<Heads> {
        const auto& x = context.in(i);
        if (x.rank() == 4 && x.shape()[1] == heads) return readHeads(x);
        if (x.rank() != 3 || heads < 1 || x.shape()[2] % heads != 0)
            return context.error("input {} {} does not divide into {} heads", i, tensor::toString(x.shape()),
                                 heads);
        return splitHeads(reals(x), x.shape()[0], x.shape()[1], heads, x.shape()[2] / heads);
    };
    if (query.rank() != 5 && !context.has(kKey))
        return context.error("key is needed beside a query with {} dimensions", query.rank());
    if (query.rank() != 5 && context.in(kKey).rank() != 5 && !context.has(kValue))
        return context.error("value is needed beside a key with {} dimensions", context.in(kKey).rank());
    const bool packed = query.rank() == 5, packedKeys = !packed && context.in(kKey).rank() == 5;
    auto q = packed ? unpacked(kQuery, 3, 0) : flat(kQuery);
    if (!q) return q.error();
    auto k = packed ? unpacked(kQuery, 3, 1) : packedKeys ? unpacked(kKey, 2, 0) : flat(kKey);
    if (!k) return k.error();
    auto v = packed ? unpacked(kQuery, 3, 2) : packedKeys ? unpacked(kKey, 2, 1) : flat(kValue);
    if (!v) return v.error();
    const bool other = !packed && context.in(kKey).rank() == 4;
    return Operands{std::move(*q), std::move(*k), std::move(*v), !other};
}

base::Status addBiases(const EvalContext& context, Operands& operands) {
    if (!context.has(kBias)) return {};
    const Reals bias = reals(context.in(kBias));
    size_t first = 0;
    const auto width = [](const Heads& x) { return static_cast<size_t>(x.heads * x.size); };
    const size_t wanted = width(operands.q) + width(operands.k) + width(operands.v);
    if (bias.size() != wanted) return context.error("bias has {} items, expected {}", bias.size(), wanted);
    for (auto* x : {&operands.q, &operands.k, &operands.v}) {
        if (x == &operands.q || operands.biasedKeys)
            addHeadBias(*x, std::span(bias).subspan(first, width(*x)));
        first += width(*x);
    }
    return {};
}

// Beam search: step t of sample n comes from the beam that cache_indirection [batch, beams, most] names.
base::Status followBeams(const EvalContext& context, Heads& past, int64_t used) {
    if (!context.has(kBeams)) return {};
    const auto& from = context.in(kBeams);
    if (from.rank() != 3 || from.shape()[0] * from.shape()[1] != past.batch || from.shape()[2] < used)
        return context.error("cache_indirection {} does not fit {} samples and {} past steps",
                             tensor::toString(from.shape()), past.batch, used);
    const int64_t beams = from.shape()[1], most = from.shape()[2];
    const Heads before = past;
    for (int64_t n = 0; n < past.batch; ++n)
        for (int64_t t = 0; t < used; ++t) {
            const int64_t beam = from.integerAt(n * most + t);
            if (beam < 0 || beam >= beams)
                return context.error("cache_indirection holds {}, expected 0 to {}", beam, beams - 1);
            for (int64_t h = 0; h < past.heads; ++h)
                std::copy_n(before.row(n / beams * beams + beam, h, t), past.size, past.row(n, h, t));
        }
    return {};
}

base::Result<Continued> withPast(const EvalContext& context, size_t i, const Heads& now) {
    if (!context.has(i)) return Continued{now, now};
    if (context.in(i).rank() != 4)
        return context.error("input {} {} must be [batch, heads, steps, size]", i,
                             tensor::toString(context.in(i).shape()));
    auto past = readHeads(context.in(i));
    std::optional<int64_t> used;
    if (context.has(kPastLength)) {
        const auto given = oneInteger(context, kPastLength, "past_sequence_length");
        if (!given) return given.error();
        used = *given;
    }
    auto handedOn = continueSteps(context, past, now, used);
    if (!handedOn || !context.has(kBeams)) return handedOn;
    // What is handed on keeps its order; the next call brings its own indirection.
    if (auto ok = followBeams(context, past, used ? *used : past.steps); !ok) return ok.error();
    auto followed = continueSteps(context, past, now, used);
    if (followed) followed->present = std::move(handedOn->present);
    return followed;
}

base::Status evaluate(EvalContext& context) {
    const auto& attributes = context.attributes();
    auto operands = readOperands(context);
    if (!operands) return operands.error();
    if (auto ok = addBiases(context, *operands); !ok) return ok;
    const auto& q = operands->q;
    const auto keys = withPast(context, kPastKey, operands->k);
    if (!keys) return keys.error();
    const auto values = withPast(context, kPastValue, operands->v);
    if (!values) return values.error();
    auto added = noAddedScores(context, q, keys->joined, values->joined);
    if (!added) return added.error();
    const ScoreSpace space{q.batch, q.heads, q.steps, keys->joined.steps,
                           keys->joined.steps - operands->k.steps};
    const double masked = static_cast<double>(attributes.real("mask_filter_value", -10000));
    if (auto ok = addKeyMask(context, kMask, space, masked, *added); !ok) return ok;
    if (auto ok = addScoreBias(context, kAttentionBias, space, *added); !ok) return ok;
    if (attributes.integer("unidirectional", 0) != 0) forbidLater(space, *added);
    const double given = static_cast<double>(attributes.real("scale", 0));
    const AttentionRule rule{.scale = given != 0 ? given : 1 / std::sqrt(static_cast<double>(q.size)),
                             .shown = ScoreStage::masked};
    const auto [y, scores] = attend(q, keys->joined, values->joined, *added, rule);
    const auto type = context.in(kQuery).type();
    if (auto ok = setReals(context, 1, type, keys->present.shape(), keys->present.values); !ok) return ok;
    if (auto ok = setReals(context, 2, type, values->present.shape(), values->present.values); !ok) return ok;
    const tensor::Shape scoreShape = {q.batch, q.heads, q.steps, keys->joined.steps};
    if (auto ok = setReals(context, 3, type, scoreShape, scores); !ok) return ok;
    return setReals(context, 0, type, tensor::Shape{y.batch, y.steps, y.heads * y.size}, joinHeads(y));
}

}  // namespace

Op comMicrosoftMultiHeadAttentionOp() {
    constexpr auto kOptional = Presence::optional;
    constexpr TypeSet kInt32 = typeBit(tensor::DataType::int32);
    return {.name = "MultiHeadAttention",
            .domain = kMicrosoft,
            .family = Family::convolution,
            .summary = "softmax(scale Q K^T + mask) V head by head",
            .inputs = {{"query", kFloats, "T"},
                       {"key", kFloats, "T", kOptional},
                       {"value", kFloats, "T", kOptional},
                       {"bias", kFloats, "T", kOptional},
                       {"key_padding_mask", kInt32, {}, kOptional},
                       {"attention_bias", kFloats, "T", kOptional},
                       {"past_key", kFloats, "T", kOptional},
                       {"past_value", kFloats, "T", kOptional},
                       {"past_sequence_length", kInt32, {}, kOptional},
                       {"cache_indirection", kInt32, {}, kOptional}},
            .outputs = {{"output", kFloats, "T"},
                        {"present_key", kFloats, "T", kOptional},
                        {"present_value", kFloats, "T", kOptional},
                        {"qk", kFloats, "T", kOptional}},
            .attributes = {realAttribute("mask_filter_value", -10000, "added to scores of masked keys"),
                           requiredInteger("num_heads", "heads"),
                           realAttribute("scale", 0, "factor of the scores; 0: 1/sqrt(size)"),
                           flagAttribute("unidirectional", 0, "1: a query sees no later keys")},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
