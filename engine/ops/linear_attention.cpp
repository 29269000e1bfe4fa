// LinearAttention: attention without a softmax, as a state S [key size, value size] that every step reads and
// changes (Yang et al. 2024, "Gated Delta Networks"; ONNX LinearAttention):
//
//   S = exp(decay) * S                 gated, gated_delta
//   v = beta * (v - S^T k)             delta, gated_delta
//   S = S + k v^T                      y = scale * S^T q
//
// Inputs are [batch, steps, heads*size]; fewer key heads than query heads are shared by groups of query
// heads.
#include <array>
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kNarrowFloats =
    typeSet(tensor::DataType::float32, tensor::DataType::float16, tensor::DataType::bfloat16);
constexpr std::array<std::string_view, 6> kNames = {"query", "key", "value", "past_state", "decay", "beta"};
constexpr size_t kPast = 3, kDecay = 4, kBeta = 5;

// Sane, so that products with sizes of tensors do not overflow.
base::ParamSpec headsAttribute(std::string_view name, std::string_view help) {
    auto spec = requiredInteger(name, help);
    spec.minimum = 1;
    spec.maximum = 1 << 20;
    return spec;
}

struct Rule {
    int64_t queryHeads = 1, keyHeads = 1;
    bool gated = false, delta = false;
};

// The attributes, and whether decay and beta are there where the rule uses them and only there.
base::Result<Rule> ruleOf(const auto& context) {
    const auto& attributes = context.attributes();
    const auto name = attributes.text("update_rule", "gated_delta");
    const Rule rule{attributes.integer("q_num_heads", 1), attributes.integer("kv_num_heads", 1),
                    name.starts_with("gated"), name.ends_with("delta")};
    if (rule.queryHeads % rule.keyHeads != 0)
        return context.error("q_num_heads is {}, expected a multiple of kv_num_heads, which is {}",
                             rule.queryHeads, rule.keyHeads);
    for (const auto& [input, used] : {std::pair(kDecay, rule.gated), std::pair(kBeta, rule.delta)})
        if (context.has(input) != used)
            return context.error("update_rule {} {} the input {}", name, used ? "needs" : "does not take",
                                 kNames[input]);
    return rule;
}

base::Status infer(InferContext& context) {
    const auto rule = ruleOf(context);
    if (!rule) return rule.error();
    for (const size_t i : {size_t{0}, size_t{1}, size_t{2}, kPast, kDecay, kBeta})
        if (const auto* shape = context.shape(i); shape && shape->size() != (i == kPast ? 4 : 3))
            return context.error("{} has {} dimensions, expected {}", kNames[i], shape->size(),
                                 i == kPast ? 4 : 3);
    const auto *q = context.shape(0), *k = context.shape(1), *v = context.shape(2),
               *past = context.shape(kPast);
    ir::Dim batch = ir::Dim::unknown(), steps = batch, keySize = batch, valueSize = batch;
    const auto meet = [&](ir::Dim& dim, const ir::Dim& other, std::string_view what) -> base::Status {
        auto merged = mergeDims(context, dim, other, what);
        if (!merged) return merged.error();
        dim = std::move(*merged);
        return {};
    };
    const auto headSize = [&](const ir::Dim& packed, int64_t heads, size_t i) -> base::Result<ir::Dim> {
        if (const auto size = packed.constant(); size && *size % heads != 0)
            return context.error("{} has {} columns, which do not divide into {} heads", kNames[i], *size,
                                 heads);
        return floorDiv(packed, heads);
    };
    for (const size_t i : {size_t{0}, size_t{1}, size_t{2}, kDecay, kBeta}) {
        const auto* shape = context.shape(i);
        if (!shape) continue;
        if (auto ok = meet(batch, (*shape)[0], "batches"); !ok) return ok;
        if (auto ok = meet(steps, (*shape)[1], "steps"); !ok) return ok;
        if (i >= kDecay) continue;
        const auto size = headSize((*shape)[2], i == 0 ? rule->queryHeads : rule->keyHeads, i);
        if (!size) return size.error();
        if (auto ok = meet(i == 2 ? valueSize : keySize, *size, "head sizes"); !ok) return ok;
    }
    if (past) {
        if (auto ok = meet(batch, (*past)[0], "batches"); !ok) return ok;
        if (auto ok = meet(keySize, (*past)[2], "head sizes of key and past_state"); !ok) return ok;
        if (auto ok = meet(valueSize, (*past)[3], "head sizes of value and past_state"); !ok) return ok;
    }
    if (q && k && v) {
        context.setOutput(0, context.element(0),
                          ir::SymbolicShape{batch, steps, valueSize * rule->queryHeads});
    } else {
        context.setOutput(0, context.element(0), unknownShape(3));
    }
    if (context.wants(1))
        context.setOutput(1, context.element(context.has(kPast) ? kPast : 0),
                          ir::SymbolicShape{batch, rule->keyHeads, keySize, valueSize});
    return {};
}

Cost cost(const CostContext& context) {
    const auto &q = context.inputs[0].shape, &v = context.inputs[2].shape;
    const double queryHeads = static_cast<double>(context.attributes->integer("q_num_heads", 1)),
                 keyHeads = static_cast<double>(context.attributes->integer("kv_num_heads", 1));
    if (q.size() != 3 || v.size() != 3 || queryHeads < 1 || keyHeads < 1) return trafficCost(context);
    const double state = static_cast<double>(q[2]) / queryHeads * static_cast<double>(v[2]) / keyHeads;
    // Each step writes the state of every key head and reads it for every query head; the delta rules read it
    // once more.
    const double passes = queryHeads + keyHeads * (context.has(kBeta) ? 2 : 1);
    return macCost(context, static_cast<double>(q[0] * q[1]) * state * passes);
}

base::Status evaluate(EvalContext& context) {
    const auto rule = ruleOf(context);
    if (!rule) return rule.error();
    const auto &query = context.in(0), &key = context.in(1), &value = context.in(2);
    const int64_t queryHeads = rule->queryHeads, keyHeads = rule->keyHeads;
    const auto misfit = [&](size_t i) {
        return context.error("{} {} does not fit query {} with {} and {} heads", kNames[i],
                             tensor::toString(context.in(i).shape()), tensor::toString(query.shape()),
                             queryHeads, keyHeads);
    };
    for (const size_t i : {size_t{0}, size_t{1}, size_t{2}, kDecay, kBeta})
        if (context.has(i) && (context.in(i).rank() != 3 || query.rank() != 3 ||
                               context.in(i).dimension(0) != query.dimension(0) ||
                               context.in(i).dimension(1) != query.dimension(1)))
            return misfit(i);
    const int64_t batch = query.dimension(0), steps = query.dimension(1);
    const int64_t keySize = query.dimension(2) / queryHeads, valueSize = value.dimension(2) / keyHeads;
    if (query.dimension(2) % queryHeads != 0) return misfit(0);
    if (key.dimension(2) != keyHeads * keySize) return misfit(1);
    if (value.dimension(2) % keyHeads != 0) return misfit(2);
    const tensor::Shape stateShape = {batch, keyHeads, keySize, valueSize};
    if (context.has(kPast) && !(context.in(kPast).shape() == stateShape)) return misfit(kPast);
    const int64_t decays = context.has(kDecay) ? context.in(kDecay).dimension(2) : 0;
    if (context.has(kDecay) && decays != keyHeads && decays != keyHeads * keySize) return misfit(kDecay);
    const int64_t betas = context.has(kBeta) ? context.in(kBeta).dimension(2) : 0;
    if (context.has(kBeta) && betas != keyHeads && betas != 1) return misfit(kBeta);
    const tensor::Shape shape = {batch, steps, queryHeads * valueSize};
    if (auto ok = checkSize(context, stateShape); !ok) return ok;
    if (auto ok = checkSize(context, shape); !ok) return ok;

    const Reals q = reals(query), k = reals(key), v = reals(value), decay = realsOr(context, kDecay, 0, 0),
                beta = realsOr(context, kBeta, 0, 0);
    Reals state = realsOr(context, kPast, tensor::elementCount(stateShape), 0);
    Reals y(static_cast<size_t>(tensor::elementCount(shape)));
    const auto given = static_cast<double>(context.attributes().real("scale", 0));
    const double scale = given != 0 ? given : 1 / std::sqrt(static_cast<double>(keySize));
    std::vector<double> update(static_cast<size_t>(valueSize));
    for (int64_t row = 0; row < batch * steps * keyHeads; ++row) {
        if (auto ok = context.progress().check(); !ok) return ok;
        const int64_t head = row % keyHeads, step = row / keyHeads;  // step counts over the batch as well
        double* s = state.data() + (step / steps * keyHeads + head) * keySize * valueSize;
        const double* kRow = k.data() + row * keySize;
        const double* vRow = v.data() + row * valueSize;
        for (int64_t i = 0; rule->gated && i < keySize; ++i) {
            const auto place = step * decays + (decays == keyHeads ? head : head * keySize + i);
            const double factor = std::exp(decay[static_cast<size_t>(place)]);
            for (int64_t j = 0; j < valueSize; ++j) s[i * valueSize + j] *= factor;
        }
        for (int64_t j = 0; j < valueSize; ++j) {
            double known = 0;
            for (int64_t i = 0; rule->delta && i < keySize; ++i) known += s[i * valueSize + j] * kRow[i];
            const double rate =
                rule->delta ? beta[static_cast<size_t>(step * betas + (betas == 1 ? 0 : head))] : 1;
            update[static_cast<size_t>(j)] = rate * (vRow[j] - known);
        }
        for (int64_t i = 0; i < keySize; ++i)
            for (int64_t j = 0; j < valueSize; ++j)
                s[i * valueSize + j] += kRow[i] * update[static_cast<size_t>(j)];
        const int64_t group = queryHeads / keyHeads;
        for (int64_t h = head * group; h < (head + 1) * group; ++h) {
            const double* qRow = q.data() + (step * queryHeads + h) * keySize;
            double* out = y.data() + (step * queryHeads + h) * valueSize;
            for (int64_t i = 0; i < keySize; ++i)
                for (int64_t j = 0; j < valueSize; ++j) out[j] += scale * qRow[i] * s[i * valueSize + j];
        }
    }
    if (auto ok = setReals(context, 0, query.type(), shape, y); !ok) return ok;
    const auto stateType = context.has(kPast) ? context.in(kPast).type() : query.type();
    return setReals(context, 1, stateType, stateShape, state);
}

}  // namespace

Op linearAttentionOp() {
    constexpr auto kOptional = Presence::optional;
    return {.name = "LinearAttention",
            .sinceVersion = 27,
            .family = Family::convolution,
            .summary = "Attention by a state that each step changes: y = scale * S^T q",
            .inputs = {{"query", kNarrowFloats, "T"},
                       {"key", kNarrowFloats, "T"},
                       {"value", kNarrowFloats, "T"},
                       {"past_state", kNarrowFloats, "S", kOptional},
                       {"decay", kNarrowFloats, "T", kOptional},
                       {"beta", kNarrowFloats, "T", kOptional}},
            .outputs = {{"output", kNarrowFloats, "T"}, {"present_state", kNarrowFloats, "S", kOptional}},
            .attributes = {integerAttribute("chunk_size", 64, "steps at once in other runtimes"),
                           headsAttribute("kv_num_heads", "heads of key and value"),
                           headsAttribute("q_num_heads", "heads of the query"),
                           realAttribute("scale", 0, "factor of the output; 0: 1/sqrt(size)"),
                           choiceAttribute("update_rule", {"linear", "gated", "delta", "gated_delta"},
                                           "gated_delta", "how a step changes the state")},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
