// com.microsoft Attention: one product of the input with joined weights makes Q, K and V, which attend to
// each other head by head.
//
//   [Q K V] = X W + B      Y = softmax(scale * Q K^T + mask + attention_bias) V
//
// do_rotary turns Q and K by the angles position / 10000^(2i / size). past and present hold keys and values
// as [2, batch, heads, steps, size], or with past_present_share_buffer a longer buffer of which
// past_sequence_length steps are in use.
#include <array>
#include <cmath>
#include <numeric>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_key_cache.h"
#include "engine/ops/support_matmul.h"
#include "engine/ops/support_q_linear.h"
#include "engine/ops/support_rotary.h"

namespace lathe::ops {
namespace {

enum Input : size_t { kX, kWeights, kBias, kMask, kPast, kAttentionBias, kPastLength };

// How wide Q, K and V are; all zero when the weights do not tell yet.
base::Result<std::array<int64_t, 3>> hiddenSizes(const ir::Attributes& attributes, int64_t columns) {
    const auto bad = [](std::string text) { return base::Error::badInput(std::move(text)); };
    const int64_t heads = attributes.integer("num_heads", 0);
    if (heads < 1) return bad(fmt::format("num_heads is {}, expected 1 or more", heads));
    std::array<int64_t, 3> sizes = {columns / 3, columns / 3, columns / 3};
    if (const auto given = attributes.integers("qkv_hidden_sizes"); !given.empty()) {
        if (given.size() != 3)
            return bad(fmt::format("qkv_hidden_sizes has {} items, expected 3", given.size()));
        for (const auto size : given)
            if (size < 0 || size > (int64_t{1} << 31))
                return bad(fmt::format("qkv_hidden_sizes holds {}, expected sizes", size));
        std::copy(given.begin(), given.end(), sizes.begin());
    }
    if (sizes[0] != sizes[1])
        return bad(fmt::format("Q has {} features and K {}, expected the same", sizes[0], sizes[1]));
    for (const auto size : sizes)
        if (size % heads != 0)
            return bad(fmt::format("{} features do not divide into {} heads", size, heads));
    if (columns > 0 && sizes[0] + sizes[1] + sizes[2] != columns)
        return bad(
            fmt::format("the weights have {} columns, expected {}", columns, sizes[0] + sizes[1] + sizes[2]));
    return sizes;
}

base::Status infer(InferContext& context) {
    const auto& attributes = context.attributes();
    const auto *x = context.shape(kX), *weights = context.shape(kWeights), *past = context.shape(kPast);
    if (x && x->size() != 3) return context.error("input has {} dimensions, expected 3", x->size());
    if (weights && weights->size() != 2)
        return context.error("weights has {} dimensions, expected 2", weights->size());
    if (past && past->size() != 5) return context.error("past has {} dimensions, expected 5", past->size());
    if (x && weights && (*x)[2].isKnown() && weights->front().isKnown() && !same((*x)[2], weights->front()))
        return context.error("input has {} features, but weights has {} rows", (*x)[2].toString(),
                             weights->front().toString());
    const auto columns = weights ? weights->back().constantOr(0) : 0;
    const auto sizes = hiddenSizes(attributes, columns);
    if (!sizes) return context.error("{}", sizes.error().message);
    const auto type = context.element(kX);
    const auto sized = [](int64_t size) { return size > 0 ? ir::Dim(size) : ir::Dim::unknown(); };
    const ir::Dim batch = x ? (*x)[0] : ir::Dim::unknown(), steps = x ? (*x)[1] : ir::Dim::unknown();
    context.setOutput(0, type, ir::SymbolicShape{batch, steps, sized((*sizes)[2])});
    const int64_t heads = attributes.integer("num_heads", 1);
    ir::Dim total = steps;
    if (past)
        total = attributes.integer("past_present_share_buffer", 0) ? (*past)[3] : steps + (*past)[3];
    else if (context.has(kPast))
        total = ir::Dim::unknown();
    context.setOutput(1, type, ir::SymbolicShape{2, batch, heads, total, sized((*sizes)[2] / heads)});
    return {};
}

Cost cost(const CostContext& context) {
    const auto &x = context.inputs[kX].shape, &weights = context.inputs[kWeights].shape;
    if (x.size() != 3 || weights.size() != 2) return trafficCost(context);
    double keys = static_cast<double>(x[1]);
    if (context.has(kPast) && context.inputs[kPast].shape.size() == 5)
        keys += static_cast<double>(context.inputs[kPast].shape[3]);
    const double rows = static_cast<double>(x[0]) * static_cast<double>(x[1]);
    // The product of a query with all keys is as wide as Q, that of the weights with all values as wide as V.
    return macCost(context,
                   rows * static_cast<double>(weights[1]) * (static_cast<double>(x[2]) + keys * 2 / 3));
}

// Past keys (part 0) or values (part 1).
Heads pastPart(const tensor::Tensor& past, int64_t part) {
    const auto& shape = past.shape();
    Heads result{shape[1], shape[2], shape[3], shape[4], {}};
    const Reals all = reals(past);
    const auto half = static_cast<int64_t>(all.size()) / 2;
    result.values.assign(all.begin() + part * half, all.begin() + (part + 1) * half);
    return result;
}

// Q, K and V of the product with the weights.
base::Result<std::array<Heads, 3>> project(const EvalContext& context) {
    const auto &x = context.in(kX), &weights = context.in(kWeights);
    if (x.rank() != 3 || weights.rank() != 2)
        return context.error("input {} and weights {} must have 3 and 2 dimensions",
                             tensor::toString(x.shape()), tensor::toString(weights.shape()));
    const auto sizes = hiddenSizes(context.attributes(), weights.shape()[1]);
    if (!sizes) return context.error("{}", sizes.error().message);
    if ((*sizes)[0] + (*sizes)[1] + (*sizes)[2] != weights.shape()[1])
        return context.error("weights {} does not hold what qkv_hidden_sizes says",
                             tensor::toString(weights.shape()));
    const auto plan = planMatMul(context, x.shape(), weights.shape());
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok.error();
    const Reals joined = multiply<double>(*plan, reals(x), reals(weights));
    const int64_t width = weights.shape()[1], heads = context.attributes().integer("num_heads", 1);
    const Reals bias = realsOr(context, kBias, width, 0);
    if (static_cast<int64_t>(bias.size()) != width)
        return context.error("bias has {} items, expected {}", bias.size(), width);
    std::array<Heads, 3> result;
    int64_t first = 0;
    for (size_t i = 0; i < result.size(); ++i) {
        const int64_t size = (*sizes)[i] / heads;
        result[i] =
            splitHeads(joined, Heads{x.shape()[0], heads, x.shape()[1], size, {}}, {width, first, size});
        addHeadBias(result[i],
                    std::span(bias).subspan(static_cast<size_t>(first), static_cast<size_t>((*sizes)[i])));
        first += (*sizes)[i];
    }
    return result;
}

base::Status turn(const EvalContext& context, Heads& x, int64_t past) {
    const int64_t rotated = context.attributes().integer("rotary_embedding_dim", 0);
    if (rotated > x.size)
        return context.error("rotary_embedding_dim is {}, but a head has {}", rotated, x.size);
    const auto cache = usualRotaryCache(past + x.steps, (rotated > 0 ? rotated : x.size) / 2);
    std::vector<int64_t> at;
    for (int64_t i = 0; i < x.batch * x.steps; ++i) at.push_back(past + i % x.steps);
    return rotateHeads(context, x, cache, at, false);
}

base::Status evaluate(EvalContext& context) {
    const auto& attributes = context.attributes();
    auto projected = project(context);
    if (!projected) return projected.error();
    auto& [q, k, v] = *projected;
    const bool shared = attributes.integer("past_present_share_buffer", 0) != 0;
    int64_t pastSteps = 0;
    std::optional<int64_t> used;
    if (context.has(kPast)) {
        const auto& past = context.in(kPast);
        if (past.rank() != 5 || past.shape()[0] != 2)
            return context.error("past {} must be [2, batch, heads, steps, size]",
                                 tensor::toString(past.shape()));
        if (shared) {
            const auto given = oneInteger(context, kPastLength, "past_sequence_length");
            if (!given) return given.error();
            used = *given;
        }
        pastSteps = used ? *used : past.shape()[3];
        if (pastSteps < 0 || pastSteps > past.shape()[3])
            return context.error("past_sequence_length is {}, expected 0 to {}", pastSteps, past.shape()[3]);
    }
    if (attributes.integer("do_rotary", 0) != 0)
        for (auto* x : {&q, &k})
            if (auto ok = turn(context, *x, pastSteps); !ok) return ok;
    Continued keys{k, k}, values{v, v};
    if (context.has(kPast))
        for (const auto& [part, now, to] : {std::tuple(0, &k, &keys), std::tuple(1, &v, &values)}) {
            auto continued = continueSteps(context, pastPart(context.in(kPast), part), *now, used);
            if (!continued) return continued.error();
            *to = std::move(*continued);
        }
    auto added = noAddedScores(context, q, keys.joined, values.joined);
    if (!added) return added.error();
    const ScoreSpace space{q.batch, q.heads, q.steps, keys.joined.steps, pastSteps};
    const double masked = static_cast<double>(attributes.real("mask_filter_value", -10000));
    if (auto ok = addKeyMask(context, kMask, space, masked, *added); !ok) return ok;
    if (auto ok = addScoreBias(context, kAttentionBias, space, *added); !ok) return ok;
    if (attributes.integer("unidirectional", 0) != 0) forbidLater(space, *added);
    const double given = static_cast<double>(attributes.real("scale", 0));
    const AttentionRule rule{.scale = given != 0 ? given : 1 / std::sqrt(static_cast<double>(q.size))};
    const auto y = attend(q, keys.joined, values.joined, *added, rule).y;
    const auto type = context.in(kX).type();
    if (context.wants(1)) {
        const auto &kept = keys.present, &keptValues = values.present;
        if (kept.size != keptValues.size)
            return context.error("present cannot hold keys of {} and values of {} features", kept.size,
                                 keptValues.size);
        Reals both = kept.values;
        both.insert(both.end(), keptValues.values.begin(), keptValues.values.end());
        const tensor::Shape shape = {2, kept.batch, kept.heads, kept.steps, kept.size};
        if (auto ok = setReals(context, 1, type, shape, both); !ok) return ok;
    }
    return setReals(context, 0, type, tensor::Shape{y.batch, y.steps, y.heads * y.size}, joinHeads(y));
}

}  // namespace

Op comMicrosoftAttentionOp() {
    constexpr auto kOptional = Presence::optional;
    constexpr TypeSet kInt32 = typeBit(tensor::DataType::int32);
    return {.name = "Attention",
            .domain = kMicrosoft,
            .family = Family::convolution,
            .summary = "Multi-head attention with the products that make Q, K and V",
            .inputs = {{"input", kFloats, "T"},
                       {"weights", kFloats, "T"},
                       {"bias", kFloats, "T", kOptional},
                       {"mask_index", kInt32, {}, kOptional},
                       {"past", kFloats, "T", kOptional},
                       {"attention_bias", kFloats, "T", kOptional},
                       {"past_sequence_length", kInt32, {}, kOptional}},
            .outputs = {{"output", kFloats, "T"}, {"present", kFloats, "T", kOptional}},
            .attributes = {flagAttribute("do_rotary", 0, "1: Q and K are turned by their positions"),
                           realAttribute("mask_filter_value", -10000, "added to scores of masked keys"),
                           requiredInteger("num_heads", "heads"),
                           flagAttribute("past_present_share_buffer", 0,
                                         "1: past and present are one buffer of the greatest length"),
                           integersAttribute("qkv_hidden_sizes", "features of Q, K and V; none: equal"),
                           integerAttribute("rotary_embedding_dim", 0, "features turned; 0: all of a head"),
                           realAttribute("scale", 0, "factor of the scores; 0: 1/sqrt(size)"),
                           flagAttribute("unidirectional", 0, "1: a query sees no later keys")},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
