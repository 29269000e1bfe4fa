// LSTM, gates in the order i o f c (Hochreiter and Schmidhuber; ONNX LSTM):
//
//   i = f(Wi x + Ri h + Pi*c + bi)       f = f(Wf x + Rf h + Pf*c + bf)      or 1 - i with input_forget
//   g = g(Wc x + Rc h + bc)              c' = f*c + i*g
//   o = f(Wo x + Ro h + Po*c' + bo)      h' = o*h(c')
#include "engine/ops/op.h"
#include "engine/ops/support_lstm.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) { return inferRecurrent(context, kLstmGates); }

base::Status evaluate(EvalContext& context) {
    const auto recurrent = readRecurrent(context, kLstmGates, lstmActivations());
    if (!recurrent) return recurrent.error();
    return runLstm(context, *recurrent);
}

}  // namespace

Op lstmOp() {
    std::vector<Formal> inputs = {{"X", kFloats, "T"}, {"W", kFloats, "T"}, {"R", kFloats, "T"}};
    for (const auto& input : lstmStateInputs(kFloats)) inputs.push_back(input);
    return {.name = "LSTM",
            .sinceVersion = 22,
            .family = Family::control,
            .summary = "Long short-term memory over a sequence",
            .inputs = std::move(inputs),
            .outputs = lstmOutputs(kFloats),
            .attributes = lstmAttributes(),
            .infer = infer,
            .cost = recurrentCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
