#include "engine/ops/support_lstm.h"

#include "engine/ops/support_attributes.h"

namespace lathe::ops {

std::vector<std::string> lstmActivations() { return {"Sigmoid", "Tanh", "Tanh"}; }

base::Status runLstm(EvalContext& context, const Recurrent& rec,
                     const std::function<void(std::span<double> state)>& seen) {
    auto h = readState(context, rec, 5), c = readState(context, rec, 6);
    if (!h) return h.error();
    if (!c) return c.error();
    const auto hidden = static_cast<size_t>(rec.hidden);
    const Reals peepholes = realsOr(context, 7, rec.directions * 3 * rec.hidden, 0);
    if (static_cast<int64_t>(peepholes.size()) != rec.directions * 3 * rec.hidden)
        return context.error("P has {} items, expected {}", peepholes.size(),
                             rec.directions * 3 * rec.hidden);
    const bool coupled = context.attributes().integer("input_forget", 0) != 0;
    Reals sums(4 * hidden), stateSeen(hidden);
    const auto cell = [&](const RecurrentDirection& direction, int64_t index, std::span<const double> input,
                          std::span<double> state, std::span<double> memory) {
        const double* p = peepholes.data() + static_cast<size_t>(index) * 3 * hidden;
        const auto &f = direction.activations[0], &g = direction.activations[1],
                   &out = direction.activations[2];
        sums = direction.rBias;
        stateSeen.assign(state.begin(), state.end());
        if (seen) seen(stateSeen);
        addProduct(direction.r, stateSeen, sums);
        for (size_t j = 0; j < sums.size(); ++j) sums[j] += input[j];
        for (size_t j = 0; j < hidden; ++j) {
            const double before = memory[j];
            const double i = f(rec.clipped(sums[j] + p[j] * before));
            const double forget =
                coupled ? 1 - i : f(rec.clipped(sums[2 * hidden + j] + p[2 * hidden + j] * before));
            memory[j] = forget * before + i * g(rec.clipped(sums[3 * hidden + j]));
            const double o = f(rec.clipped(sums[hidden + j] + p[hidden + j] * memory[j]));
            state[j] = o * out(memory[j]);
        }
    };
    return runRecurrent(context, rec, std::move(*h), std::move(*c), cell);
}

std::vector<Formal> lstmStateInputs(TypeSet types) {
    constexpr auto kOptional = Presence::optional;
    return {{"B", types, "T", kOptional},
            {"sequence_lens", typeBit(tensor::DataType::int32), {}, kOptional},
            {"initial_h", types, "T", kOptional},
            {"initial_c", types, "T", kOptional},
            {"P", types, "T", kOptional}};
}

std::vector<Formal> lstmOutputs(TypeSet types) {
    constexpr auto kOptional = Presence::optional;
    return {{"Y", types, "T", kOptional}, {"Y_h", types, "T", kOptional}, {"Y_c", types, "T", kOptional}};
}

std::vector<base::ParamSpec> lstmAttributes() {
    auto attributes = recurrentAttributes();
    attributes.push_back(flagAttribute("input_forget", 0, "1: the forget gate is 1 minus the input gate"));
    return attributes;
}

}  // namespace lathe::ops
