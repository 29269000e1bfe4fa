// GRU, gates in the order z r h (Cho et al. 2014; ONNX GRU):
//
//   z = f(Wz x + Rz h + bz)              r = f(Wr x + Rr h + br)
//   n = g(Wh x + Rh (r*h) + bRh + bWh)   or with linear_before_reset  g(Wh x + r*(Rh h + bRh) + bWh)
//   h' = (1 - z)*n + z*h
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_recurrent.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) { return inferRecurrent(context, 3); }

base::Status evaluate(EvalContext& context) {
    const auto rec = readRecurrent(context, 3, {"Sigmoid", "Tanh"});
    if (!rec) return rec.error();
    auto h = readState(context, *rec, 5);
    if (!h) return h.error();
    const auto hidden = static_cast<size_t>(rec->hidden);
    const bool linear = context.attributes().integer("linear_before_reset", 0) != 0;
    Reals gates(2 * hidden), candidate(hidden), reset(hidden);
    const auto cell = [&](const RecurrentDirection& direction, int64_t, std::span<const double> input,
                          std::span<double> state, std::span<double>) {
        const auto &f = direction.activations[0], &g = direction.activations[1];
        const auto gateWeights = direction.r.first(2 * hidden * hidden);
        const auto candidateWeights = direction.r.subspan(2 * hidden * hidden);
        gates.assign(direction.rBias.begin(), direction.rBias.begin() + static_cast<int64_t>(2 * hidden));
        addProduct(gateWeights, state, gates);
        for (size_t j = 0; j < gates.size(); ++j) gates[j] = f(rec->clipped(gates[j] + input[j]));
        candidate.assign(direction.rBias.begin() + static_cast<int64_t>(2 * hidden), direction.rBias.end());
        for (size_t j = 0; j < hidden; ++j) reset[j] = linear ? state[j] : gates[hidden + j] * state[j];
        addProduct(candidateWeights, reset, candidate);
        for (size_t j = 0; j < hidden; ++j) {
            const double recurrent = linear ? gates[hidden + j] * candidate[j] : candidate[j];
            const double n = g(rec->clipped(input[2 * hidden + j] + recurrent));
            state[j] = (1 - gates[j]) * n + gates[j] * state[j];
        }
    };
    return runRecurrent(context, *rec, std::move(*h), {}, cell);
}

}  // namespace

Op gruOp() {
    auto attributes = recurrentAttributes();
    attributes.push_back(
        flagAttribute("linear_before_reset", 0, "1: the reset gate acts after the recurrent product"));
    constexpr auto kOptional = Presence::optional;
    return {.name = "GRU",
            .sinceVersion = 22,
            .family = Family::control,
            .summary = "Gated recurrent unit over a sequence",
            .inputs = {{"X", kFloats, "T"},
                       {"W", kFloats, "T"},
                       {"R", kFloats, "T"},
                       {"B", kFloats, "T", kOptional},
                       {"sequence_lens", typeBit(tensor::DataType::int32), {}, kOptional},
                       {"initial_h", kFloats, "T", kOptional}},
            .outputs = {{"Y", kFloats, "T", kOptional}, {"Y_h", kFloats, "T", kOptional}},
            .attributes = std::move(attributes),
            .infer = infer,
            .cost = recurrentCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
