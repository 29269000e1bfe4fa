// Attention (Vaswani et al. 2017; ONNX Attention): for each head
//
//   s = scale * Q K^T      s = softcap * tanh(s / softcap)      s += mask      Y = softmax(s) V
//
// K and V may continue past ones; fewer key heads than query heads are shared by groups of query heads.
// Inputs are [batch, heads, sequence, size] or [batch, sequence, heads*size].
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/ops/op.h"
#include "engine/ops/support_attention.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

constexpr std::array<std::string_view, 3> kNames = {"Q", "K", "V"};

base::Status infer(InferContext& context) {
    const auto *q = context.shape(0), *k = context.shape(1), *v = context.shape(2);
    const auto& attributes = context.attributes();
    for (size_t i = 0; i < 3; ++i)
        if (const auto* shape = context.shape(i); shape && shape->size() != 3 && shape->size() != 4)
            return context.error("{} has {} dimensions, expected 3 or 4", kNames[i], shape->size());
    const auto type = context.element(0);
    if (!q || !k || !v) {
        for (const size_t i : {0, 1, 2, 3}) context.setOutput(i, type, {});
        return {};
    }
    if (q->size() != k->size() || k->size() != v->size())
        return context.error("Q, K and V have {}, {} and {} dimensions, expected the same", q->size(),
                             k->size(), v->size());
    const bool flat = q->size() == 3;
    const ir::Dim queryHeads = flat ? ir::Dim(attributes.integer("q_num_heads", 0)) : (*q)[1];
    const ir::Dim keyHeads = flat ? ir::Dim(attributes.integer("kv_num_heads", 0)) : (*k)[1];
    if (flat && (queryHeads.constantOr(0) < 1 || keyHeads.constantOr(0) < 1))
        return context.error("q_num_heads and kv_num_heads are needed for inputs with 3 dimensions");
    const ir::Dim steps = (*q)[flat ? 1 : 2];
    const ir::Dim keySize = flat ? floorDiv((*k)[2], keyHeads) : (*k)[3],
                  valueSize = flat ? floorDiv((*v)[2], keyHeads) : (*v)[3];
    ir::Dim total = (*k)[flat ? 1 : 2];
    if (const auto* past = context.shape(4); past && past->size() == 4)
        total = total + (*past)[2];
    else if (context.has(4))
        total = ir::Dim::unknown();
    context.setOutput(0, type,
                      flat ? ir::SymbolicShape{(*q)[0], steps, queryHeads * valueSize}
                           : ir::SymbolicShape{(*q)[0], queryHeads, steps, valueSize});
    context.setOutput(1, type, ir::SymbolicShape{(*q)[0], keyHeads, total, keySize});
    context.setOutput(2, type, ir::SymbolicShape{(*q)[0], keyHeads, total, valueSize});
    context.setOutput(3, type, ir::SymbolicShape{(*q)[0], queryHeads, steps, total});
    return {};
}

Cost cost(const CostContext& context) {
    const auto &q = context.inputs[0].shape, &k = context.inputs[1].shape, &v = context.inputs[2].shape;
    if (q.size() != k.size() || k.size() != v.size() || q.size() < 3) return trafficCost(context);
    const bool flat = q.size() == 3;
    double keys = static_cast<double>(k[flat ? 1 : 2]);
    if (context.has(4) && context.inputs[4].shape.size() == 4)
        keys += static_cast<double>(context.inputs[4].shape[2]);
    auto cost = macCost(context, keys * (context.inputElements(0) + context.outputElements()));
    return cost;
}

// [batch, heads, steps, size] whatever the layout of the input.
base::Result<Heads> readOperand(const EvalContext& context, size_t i, int64_t heads) {
    const auto& x = context.in(i);
    if (x.rank() == 4) return readHeads(x);
    if (x.rank() != 3 || heads < 1 || x.shape()[2] % heads != 0)
        return context.error("{} {} does not divide into {} heads", kNames[i], tensor::toString(x.shape()),
                             heads);
    return splitHeads(reals(x), x.shape()[0], x.shape()[1], heads, x.shape()[2] / heads);
}

// Past steps in front of the new ones.
base::Status prepend(const EvalContext& context, size_t i, Heads& now) {
    if (!context.has(i)) return {};
    const auto& past = context.in(i);
    const tensor::Shape wanted = {now.batch, now.heads, past.rank() == 4 ? past.shape()[2] : 0, now.size};
    if (!(past.shape() == wanted))
        return context.error("the past {} does not fit, expected {}", tensor::toString(past.shape()),
                             tensor::toString(wanted));
    now = joinSteps(readHeads(past), now);
    return {};
}

// What is added to the scores, [batch, heads, queries, keys]: the mask, minus infinity where it forbids.
base::Status readMask(const EvalContext& context, const Heads& q, const Heads& k, int64_t past, Reals& mask) {
    constexpr double kForbidden = -std::numeric_limits<double>::infinity();
    const tensor::Shape shape = {q.batch, q.heads, q.steps, k.steps};
    if (context.has(3)) {
        const auto& given = context.in(3);
        auto seen = given.shape();
        const int64_t covered = seen.empty() ? 1 : seen.back();
        auto target = shape;
        // A mask that is shorter than the keys forbids the rest.
        if (covered > 1 && covered < k.steps) target.back() = covered;
        if (!broadcastsTo(seen, target))
            return context.error("the mask {} does not broadcast to {}", tensor::toString(seen),
                                 tensor::toString(shape));
        const bool boolean = given.type() == tensor::DataType::boolean;
        const Reals values = tensor::toReals(given);
        const auto indices = broadcastIndices(seen, target);
        const auto columns = static_cast<size_t>(target.back()), keys = static_cast<size_t>(k.steps);
        for (size_t i = 0; i < mask.size(); ++i) {
            if (i % keys >= columns) {
                mask[i] = kForbidden;
                continue;
            }
            const double value = values[static_cast<size_t>(indices[i / keys * columns + i % keys])];
            mask[i] = !boolean ? value : value != 0 ? 0 : kForbidden;
        }
    }
    const bool causal = context.attributes().integer("is_causal", 0) != 0;
    const bool padded = context.has(6);
    if (padded && context.in(6).elementCount() != q.batch)
        return context.error("nonpad_kv_seqlen has {} items, expected {}", context.in(6).elementCount(),
                             q.batch);
    for (size_t i = 0; (causal || padded) && i < mask.size(); ++i) {
        const auto at = static_cast<int64_t>(i);
        const int64_t key = at % k.steps, query = at / k.steps % q.steps,
                      n = at / (k.steps * q.steps * q.heads);
        const int64_t valid = padded ? context.in(6).integerAt(n) : k.steps;
        const int64_t offset = padded ? valid - q.steps : past;
        if (key >= valid || (causal && key > query + offset)) mask[i] = kForbidden;
    }
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& attributes = context.attributes();
    auto q = readOperand(context, 0, attributes.integer("q_num_heads", 0));
    auto k = readOperand(context, 1, attributes.integer("kv_num_heads", 0));
    auto v = readOperand(context, 2, attributes.integer("kv_num_heads", 0));
    for (const auto* heads : {&q, &k, &v})
        if (!*heads) return heads->error();
    const int64_t newKeys = k->steps;
    if (k->steps != v->steps) return context.error("there are {} keys, but {} values", k->steps, v->steps);
    if (auto ok = prepend(context, 4, *k); !ok) return ok;
    if (auto ok = prepend(context, 5, *v); !ok) return ok;
    if (k->steps != v->steps) return context.error("past keys and values have different lengths");
    auto mask = noAddedScores(context, *q, *k, *v);
    if (!mask) return mask.error();
    if (auto ok = readMask(context, *q, *k, k->steps - newKeys, *mask); !ok) return ok;
    const int64_t shown = std::clamp<int64_t>(attributes.integer("qk_matmul_output_mode", 0), 0, 3);
    const AttentionRule rule = {.scale = attributes.has("scale")
                                             ? static_cast<double>(attributes.real("scale", 1))
                                             : 1 / std::sqrt(static_cast<double>(q->size)),
                                .softcap = static_cast<double>(attributes.real("softcap", 0)),
                                .shown = static_cast<ScoreStage>(shown)};
    const auto [y, scores] = attend(*q, *k, *v, *mask, rule);
    const auto type = context.in(0).type();
    if (auto ok = setReals(context, 1, context.in(1).type(), k->shape(), k->values); !ok) return ok;
    if (auto ok = setReals(context, 2, context.in(2).type(), v->shape(), v->values); !ok) return ok;
    const tensor::Shape scoreShape = {q->batch, q->heads, q->steps, k->steps};
    if (auto ok = setReals(context, 3, type, scoreShape, scores); !ok) return ok;
    if (context.in(0).rank() == 4) return setReals(context, 0, type, y.shape(), y.values);
    return setReals(context, 0, type, tensor::Shape{y.batch, y.steps, y.heads * y.size}, joinHeads(y));
}

}  // namespace

Op attentionOp() {
    constexpr auto kOptional = Presence::optional;
    return {.name = "Attention",
            .sinceVersion = 24,
            .family = Family::convolution,
            .summary = "Scaled dot-product attention: softmax(scale Q K^T + mask) V",
            .inputs = {{"Q", kFloats, "T1"},
                       {"K", kFloats, "T1"},
                       {"V", kFloats, "T2"},
                       {"attn_mask", kNumbers | kBool, {}, kOptional},
                       {"past_key", kFloats, "T1", kOptional},
                       {"past_value", kFloats, "T2", kOptional},
                       {"nonpad_kv_seqlen", kInt64, {}, kOptional}},
            .outputs = {{"Y", kFloats, "T1"},
                        {"present_key", kFloats, "T1", kOptional},
                        {"present_value", kFloats, "T2", kOptional},
                        {"qk_matmul_output", kFloats, "T1", kOptional}},
            .attributes = {flagAttribute("is_causal", 0, "1: a query sees no later keys"),
                           integerAttribute("kv_num_heads", 0, "key heads, for inputs with 3 dimensions"),
                           integerAttribute("q_num_heads", 0, "query heads, for inputs with 3 dimensions"),
                           integerAttribute("qk_matmul_output_mode", 0,
                                            "which scores qk_matmul_output shows: 0 plain, 1 softcapped, "
                                            "2 with the mask, 3 after softmax"),
                           realAttribute("scale", 0, "factor of the products; none: 1/sqrt(size)"),
                           realAttribute("softcap", 0, "bound of the scores; 0: none"),
                           integerAttribute("softmax_precision", 0,
                                            "element type of the softmax in other runtimes")},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
