// BatchNormalization: y = (x - mean) / sqrt(var + epsilon) * scale + B, one mean and var a channel (axis 1).
//
// training_mode 0: mean and var are inputs. 1: they are those of the batch (var divides by the count), and
//   running = input * momentum + batch's * (1 - momentum)
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    if (x && x->empty()) return context.error("input is a scalar, expected at least 1 dimension");
    const ir::Dim channels = !x ? ir::Dim::unknown() : x->size() > 1 ? (*x)[1] : ir::Dim(1);
    constexpr std::array<std::string_view, 4> kNames = {"scale", "B", "input_mean", "input_var"};
    for (size_t i = 0; i < kNames.size(); ++i) {
        const auto* shape = context.shape(i + 1);
        if (!shape) continue;
        if (shape->size() != 1)
            return context.error("{} has {} dimensions, expected 1", kNames[i], shape->size());
        if ((*shape)[0].isKnown() && channels.isKnown() && !same((*shape)[0], channels))
            return context.error("{} has {} items, expected {}", kNames[i], (*shape)[0].toString(),
                                 channels.toString());
    }
    context.setOutput(0, context.type(0));
    context.setOutput(1, context.type(3));
    context.setOutput(2, context.type(4));
    return {};
}

Cost cost(const CostContext& context) {
    auto cost = trafficCost(context);
    cost.operations = 2 * context.outputElements();
    return cost;
}

// Mean and variance of each channel of x.
void batchMoments(const Reals& x, const AxisSplit& split, Reals& mean, Reals& variance) {
    const auto inner = static_cast<size_t>(split.inner), channels = static_cast<size_t>(split.length);
    const double count = static_cast<double>(split.outer * split.inner);
    mean.assign(channels, 0);
    variance.assign(channels, 0);
    for (size_t i = 0; i < x.size(); ++i) mean[i / inner % channels] += x[i];
    for (auto& m : mean) m /= count;
    for (size_t i = 0; i < x.size(); ++i) {
        const double d = x[i] - mean[i / inner % channels];
        variance[i / inner % channels] += d * d;
    }
    for (auto& v : variance) v /= count;
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto split = x.rank() > 1 ? splitAt(x.shape(), 1) : AxisSplit{x.elementCount(), 1, 1};
    for (size_t i = 1; i < 5; ++i)
        if (context.in(i).elementCount() != split.length)
            return context.error("input {} has {} items, expected {}", i, context.in(i).elementCount(),
                                 split.length);
    const double epsilon = static_cast<double>(context.attributes().real("epsilon", 1e-5f));
    const Reals in = reals(x), scale = reals(context.in(1)), shift = reals(context.in(2));
    Reals mean = reals(context.in(3)), variance = reals(context.in(4));
    if (context.attributes().integer("training_mode", 0) != 0) {
        const double momentum = static_cast<double>(context.attributes().real("momentum", 0.9f));
        Reals runningMean = mean, runningVariance = variance;
        batchMoments(in, split, mean, variance);
        for (size_t c = 0; c < mean.size(); ++c) {
            runningMean[c] = runningMean[c] * momentum + mean[c] * (1 - momentum);
            runningVariance[c] = runningVariance[c] * momentum + variance[c] * (1 - momentum);
        }
        const auto& type = context.in(3);
        if (auto ok = setReals(context, 1, type.type(), type.shape(), runningMean); !ok) return ok;
        if (auto ok = setReals(context, 2, type.type(), type.shape(), runningVariance); !ok) return ok;
    }
    Reals y(in.size());
    for (size_t i = 0; i < y.size(); ++i) {
        const size_t c = i / static_cast<size_t>(split.inner) % mean.size();
        y[i] = (in[i] - mean[c]) / std::sqrt(variance[c] + epsilon) * scale[c] + shift[c];
    }
    return setReals(context, 0, x.type(), x.shape(), y);
}

// With r = 1/sqrt(var + epsilon) and sums over all axes but the channels: dx = dy * scale * r,
// dscale = sum of dy * (x - mean) * r, dB = sum of dy, dmean = -scale * r * dB, dvar = -scale * r^2 * dscale
// / 2.
base::Status gradient(GradientContext& context) {
    auto& scope = context.scope();
    const auto x = context.input(0), dy = context.outputGradient(0);
    const int64_t rank = context.rank(x);
    if (context.attributes().integer("training_mode", 0) != 0)
        return context.error(
            "it computes the moments of its batch (training_mode 1). Set training_mode to 0.");
    if (!dy) return context.error("only the gradient of Y can be followed");
    if (rank < 1) return context.error("the rank of the input is not known");
    std::vector<int64_t> inner, others{0};
    for (int64_t i = 2; i < rank; ++i) {
        inner.push_back(i - 1);
        others.push_back(i);
    }
    if (rank == 1) others = {};
    // One number a channel, typed and shaped to meet x.
    const auto channels = [&](ir::ValueId vector) {
        const auto typed = scope.castLike(vector, x);
        return inner.empty()
                   ? typed
                   : context.emit("Unsqueeze", {typed, scope.integers(std::span<const int64_t>(inner))});
    };
    const auto byChannel = [&](size_t i, ir::ValueId value) {
        const auto sums = rank == 1 ? context.sum(value, {0}, true) : context.sum(value, others, false);
        return scope.castLike(sums, context.input(i));
    };
    const auto epsilon = static_cast<double>(context.attributes().real("epsilon", 1e-5f));
    const auto variance = context.add(channels(context.input(4)), context.scalar(epsilon));
    const auto factor = context.emit("Reciprocal", {context.emit("Sqrt", {variance})});
    const auto slope = context.mul(channels(context.input(1)), factor);
    const auto dx = context.mul(dy, slope);
    if (context.wants(0)) context.set(0, dx);
    if (context.wants(2)) context.set(2, byChannel(2, dy));
    if (context.wants(3)) context.set(3, context.neg(byChannel(3, dx)));
    if (!context.wants(1) && !context.wants(4)) return {};
    const auto normal = context.mul(context.sub(x, channels(context.input(3))), factor);
    if (context.wants(1)) context.set(1, byChannel(1, context.mul(dy, normal)));
    if (context.wants(4)) {
        const auto bend = context.mul(context.mul(dx, normal), context.mul(factor, context.scalar(-0.5)));
        context.set(4, byChannel(4, bend));
    }
    return {};
}

}  // namespace

Op batchNormalizationOp() {
    return {.name = "BatchNormalization",
            .sinceVersion = 15,
            .family = Family::normalization,
            .summary = "y = (x - mean) / sqrt(var + epsilon) * scale + B by channel",
            .inputs = {{"X", kFloats, "T"},
                       {"scale", kFloats, "T1"},
                       {"B", kFloats, "T1"},
                       {"input_mean", kFloats, "T2"},
                       {"input_var", kFloats, "T2"}},
            .outputs = {{"Y", kFloats, "T"},
                        {"running_mean", kFloats, "T2", Presence::optional},
                        {"running_var", kFloats, "T2", Presence::optional}},
            .attributes = {realAttribute("epsilon", 1e-5, "added to the variance"),
                           realAttribute("momentum", 0.9, "share of the earlier running mean and variance"),
                           flagAttribute("training_mode", 0, "1: use the moments of the batch")},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
