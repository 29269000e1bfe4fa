// The cell that LSTM and its quantized form share.
#pragma once

#include "engine/ops/op.h"
#include "engine/ops/support_recurrent.h"

namespace lathe::ops {

inline constexpr int64_t kLstmGates = 4;
std::vector<std::string> lstmActivations();
// Runs all steps with initial_h, initial_c and P in inputs 5 to 7. `seen` may change the state that the
// recurrent weights see; none: they see it as it is.
base::Status runLstm(EvalContext& context, const Recurrent& recurrent,
                     const std::function<void(std::span<double> state)>& seen = {});
// Inputs 3 to 7, B to P, and the outputs.
std::vector<Formal> lstmStateInputs(TypeSet types);
std::vector<Formal> lstmOutputs(TypeSet types);
std::vector<base::ParamSpec> lstmAttributes();

}  // namespace lathe::ops
