// RNN: h' = f(W x + R h + bW + bR), step by step over a sequence.
#include "engine/ops/op.h"
#include "engine/ops/support_recurrent.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) { return inferRecurrent(context, 1); }

base::Status evaluate(EvalContext& context) {
    const auto rec = readRecurrent(context, 1, {"Tanh"});
    if (!rec) return rec.error();
    auto h = readState(context, *rec, 5);
    if (!h) return h.error();
    Reals sums;
    const auto cell = [&](const RecurrentDirection& direction, int64_t, std::span<const double> input,
                          std::span<double> state, std::span<double>) {
        sums = direction.rBias;
        addProduct(direction.r, state, sums);
        for (size_t j = 0; j < state.size(); ++j)
            state[j] = direction.activations[0](rec->clipped(sums[j] + input[j]));
    };
    return runRecurrent(context, *rec, std::move(*h), {}, cell);
}

}  // namespace

Op rnnOp() {
    constexpr auto kOptional = Presence::optional;
    return {.name = "RNN",
            .sinceVersion = 22,
            .family = Family::control,
            .summary = "Simple recurrent network over a sequence: h' = f(W x + R h + b)",
            .inputs = {{"X", kFloats, "T"},
                       {"W", kFloats, "T"},
                       {"R", kFloats, "T"},
                       {"B", kFloats, "T", kOptional},
                       {"sequence_lens", typeBit(tensor::DataType::int32), {}, kOptional},
                       {"initial_h", kFloats, "T", kOptional}},
            .outputs = {{"Y", kFloats, "T", kOptional}, {"Y_h", kFloats, "T", kOptional}},
            .attributes = recurrentAttributes(),
            .infer = infer,
            .cost = recurrentCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
