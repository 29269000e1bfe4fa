// CausalConvWithState: each channel is convolved along its steps with a kernel that sees only the present and
// the past; the last k-1 steps go on as the state of the next call. With p = past_state (zeros) before x:
//
//   y[n, c, t] = activation(b[c] + sum over j of p[n, c, t + j] * w[c, 0, j])      j = 0 .. k-1
#include <algorithm>
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kNarrowFloats =
    typeSet(tensor::DataType::float32, tensor::DataType::float16, tensor::DataType::bfloat16);

base::Status infer(InferContext& context) {
    const auto *x = context.shape(0), *w = context.shape(1), *bias = context.shape(2),
               *past = context.shape(3);
    if (x && x->size() != 3) return context.error("input has {} dimensions, expected 3", x->size());
    if (w && w->size() != 3) return context.error("weight has {} dimensions, expected 3", w->size());
    if (w && (*w)[1].constantOr(1) != 1)
        return context.error("weight has size {} on axis 1, expected 1", (*w)[1].toString());
    if (w && (*w)[2].constantOr(1) < 1) return context.error("weight has no taps");
    if (past && past->size() != 3)
        return context.error("past_state has {} dimensions, expected 3", past->size());
    if (bias && bias->size() != 1) return context.error("bias has {} dimensions, expected 1", bias->size());
    auto shape = x ? *x : unknownShape(3);
    const auto meet = [&](size_t axis, const ir::Dim& other, std::string_view what) -> base::Status {
        auto merged = mergeDims(context, shape[axis], other, what);
        if (!merged) return merged.error();
        shape[axis] = std::move(*merged);
        return {};
    };
    if (w)
        if (auto ok = meet(1, (*w)[0], "channels of input and weight"); !ok) return ok;
    if (bias)
        if (auto ok = meet(1, (*bias)[0], "channels of input and bias"); !ok) return ok;
    ir::Dim kept = w ? (*w)[2] - 1 : ir::Dim::unknown();
    if (past) {
        if (auto ok = meet(0, (*past)[0], "batches of input and past_state"); !ok) return ok;
        if (auto ok = meet(1, (*past)[1], "channels of input and past_state"); !ok) return ok;
        auto merged = mergeDims(context, kept, (*past)[2], "kernel size less one and steps of past_state");
        if (!merged) return merged.error();
        kept = std::move(*merged);
    }
    const auto state = ir::SymbolicShape{shape[0], shape[1], kept};
    context.setOutput(0, context.element(0), std::move(shape));
    if (context.wants(1)) context.setOutput(1, context.element(0), state);
    return {};
}

Cost cost(const CostContext& context) {
    const auto& w = context.inputs[1].shape;
    return macCost(context, context.outputElements() * (w.size() == 3 ? static_cast<double>(w[2]) : 1));
}

base::Status evaluate(EvalContext& context) {
    const auto &x = context.in(0), &w = context.in(1);
    if (x.rank() != 3 || w.rank() != 3 || w.dimension(0) != x.dimension(1) || w.dimension(1) != 1 ||
        w.dimension(2) < 1)
        return context.error("weight {} does not fit input {}", tensor::toString(w.shape()),
                             tensor::toString(x.shape()));
    const int64_t batch = x.dimension(0), channels = x.dimension(1), steps = x.dimension(2),
                  taps = w.dimension(2);
    const tensor::Shape state = {batch, channels, taps - 1};
    if (context.has(2) && !(context.in(2).shape() == tensor::Shape{channels}))
        return context.error("bias {} does not fit, expected [{}]", tensor::toString(context.in(2).shape()),
                             channels);
    if (context.has(3) && !(context.in(3).shape() == state))
        return context.error("past_state {} does not fit, expected {}",
                             tensor::toString(context.in(3).shape()), tensor::toString(state));
    if (auto ok = checkSize(context, state); !ok) return ok;
    const Reals in = reals(x), weights = reals(w), bias = realsOr(context, 2, channels, 0),
                past = realsOr(context, 3, tensor::elementCount(state), 0);
    const bool silu = context.attributes().text("activation", "none") != "none";
    Reals y(in.size()), present(past.size());
    std::vector<double> lane(static_cast<size_t>(taps - 1 + steps));
    for (int64_t row = 0; row < batch * channels; ++row) {
        const int64_t channel = row % channels;
        const auto fresh = std::copy_n(past.begin() + row * (taps - 1), taps - 1, lane.begin());
        std::copy_n(in.begin() + row * steps, steps, fresh);
        for (int64_t t = 0; t < steps; ++t) {
            double sum = bias[static_cast<size_t>(channel)];
            for (int64_t j = 0; j < taps; ++j)
                sum += lane[static_cast<size_t>(t + j)] * weights[static_cast<size_t>(channel * taps + j)];
            y[static_cast<size_t>(row * steps + t)] = silu ? sum / (1 + std::exp(-sum)) : sum;
        }
        std::copy(lane.end() - (taps - 1), lane.end(), present.begin() + row * (taps - 1));
    }
    if (auto ok = setReals(context, 0, x.type(), x.shape(), y); !ok) return ok;
    return setReals(context, 1, x.type(), state, present);
}

}  // namespace

Op causalConvWithStateOp() {
    constexpr auto kOptional = Presence::optional;
    return {.name = "CausalConvWithState",
            .sinceVersion = 27,
            .family = Family::convolution,
            .summary = "Convolution of each channel with its past, which goes on as a state",
            .inputs = {{"input", kNarrowFloats, "T"},
                       {"weight", kNarrowFloats, "T"},
                       {"bias", kNarrowFloats, "T", kOptional},
                       {"past_state", kNarrowFloats, "T", kOptional}},
            .outputs = {{"output", kNarrowFloats, "T"}, {"present_state", kNarrowFloats, "T", kOptional}},
            .attributes = {choiceAttribute("activation", {"none", "silu", "swish"}, "none",
                                           "silu and swish: y * sigmoid(y)")},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
