// LSTM, gates in the order i o f c (Hochreiter and Schmidhuber; ONNX LSTM):
//
//   i = f(Wi x + Ri h + Pi*c + bi)       f = f(Wf x + Rf h + Pf*c + bf)      or 1 - i with input_forget
//   g = g(Wc x + Rc h + bc)              c' = f*c + i*g
//   o = f(Wo x + Ro h + Po*c' + bo)      h' = o*h(c')
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_recurrent.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) { return inferRecurrent(context, 4); }

base::Status evaluate(EvalContext& context) {
    const auto rec = readRecurrent(context, 4, {"Sigmoid", "Tanh", "Tanh"});
    if (!rec) return rec.error();
    auto h = readState(context, *rec, 5), c = readState(context, *rec, 6);
    if (!h) return h.error();
    if (!c) return c.error();
    const auto hidden = static_cast<size_t>(rec->hidden);
    const Reals peepholes = realsOr(context, 7, rec->directions * 3 * rec->hidden, 0);
    if (static_cast<int64_t>(peepholes.size()) != rec->directions * 3 * rec->hidden)
        return context.error("P has {} items, expected {}", peepholes.size(),
                             rec->directions * 3 * rec->hidden);
    const bool coupled = context.attributes().integer("input_forget", 0) != 0;
    Reals sums(4 * hidden);
    const auto cell = [&](const RecurrentDirection& direction, int64_t index, std::span<const double> input,
                          std::span<double> state, std::span<double> memory) {
        const double* p = peepholes.data() + static_cast<size_t>(index) * 3 * hidden;
        const auto &f = direction.activations[0], &g = direction.activations[1],
                   &out = direction.activations[2];
        sums = direction.rBias;
        addProduct(direction.r, state, sums);
        for (size_t j = 0; j < sums.size(); ++j) sums[j] += input[j];
        for (size_t j = 0; j < hidden; ++j) {
            const double before = memory[j];
            const double i = f(rec->clipped(sums[j] + p[j] * before));
            const double forget =
                coupled ? 1 - i : f(rec->clipped(sums[2 * hidden + j] + p[2 * hidden + j] * before));
            memory[j] = forget * before + i * g(rec->clipped(sums[3 * hidden + j]));
            const double o = f(rec->clipped(sums[hidden + j] + p[hidden + j] * memory[j]));
            state[j] = o * out(memory[j]);
        }
    };
    return runRecurrent(context, *rec, std::move(*h), std::move(*c), cell);
}

}  // namespace

Op lstmOp() {
    auto attributes = recurrentAttributes();
    attributes.push_back(flagAttribute("input_forget", 0, "1: the forget gate is 1 minus the input gate"));
    constexpr auto kOptional = Presence::optional;
    return {.name = "LSTM",
            .sinceVersion = 22,
            .family = Family::control,
            .summary = "Long short-term memory over a sequence",
            .inputs = {{"X", kFloats, "T"},
                       {"W", kFloats, "T"},
                       {"R", kFloats, "T"},
                       {"B", kFloats, "T", kOptional},
                       {"sequence_lens", typeBit(tensor::DataType::int32), {}, kOptional},
                       {"initial_h", kFloats, "T", kOptional},
                       {"initial_c", kFloats, "T", kOptional},
                       {"P", kFloats, "T", kOptional}},
            .outputs = {{"Y", kFloats, "T", kOptional},
                        {"Y_h", kFloats, "T", kOptional},
                        {"Y_c", kFloats, "T", kOptional}},
            .attributes = std::move(attributes),
            .infer = infer,
            .cost = recurrentCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
