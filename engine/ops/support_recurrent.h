// What RNN, GRU and LSTM share: operands in one layout, activations, and the walk over directions, samples
// and steps.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/param_spec.h"
#include "engine/ops/cost_context.h"
#include "engine/ops/infer_context.h"
#include "engine/ops/support_activation.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {

// Weights of one direction: w [gates*hidden, input], r [gates*hidden, hidden], bias of each.
struct RecurrentDirection {
    std::span<const double> w, r;
    std::vector<double> wBias, rBias;
    std::vector<Activation> activations;
};

struct Recurrent {
    int64_t steps = 0, batch = 0, inputSize = 0, hidden = 0, directions = 1, gates = 1;
    bool batchFirst = false;
    bool reverseOnly = false;
    double clip = 0;  // 0: none
    std::vector<int64_t> lengths;
    Reals x, w, r;  // x [steps, batch, input]
    std::vector<RecurrentDirection> direction;

    double clipped(double value) const;
};

// The weights of all directions: W [directions, gates*hidden, input], R [directions, gates*hidden, hidden].
struct RecurrentWeights {
    tensor::Shape wShape, rShape;
    Reals w, r;
};
// Inputs X W R B sequence_lens as the standard orders them. `defaults` are the activations of one direction.
base::Result<Recurrent> readRecurrent(const EvalContext& context, int64_t gates,
                                      const std::vector<std::string>& defaults);
// The same with weights that were made of the inputs W and R.
base::Result<Recurrent> readRecurrent(const EvalContext& context, int64_t gates,
                                      const std::vector<std::string>& defaults, RecurrentWeights weights);
// Input i as [directions, batch, hidden] whatever the layout; zeros when omitted.
base::Result<Reals> readState(const EvalContext& context, const Recurrent& recurrent, size_t i);

// y += matrix [rows, columns] times vector.
void addProduct(std::span<const double> matrix, std::span<const double> vector, std::span<double> y);

// One step of one sample: `input` = w x + its bias, [gates*hidden]; updates the state h (and c).
using RecurrentCell =
    std::function<void(const RecurrentDirection& direction, int64_t directionIndex,
                       std::span<const double> input, std::span<double> h, std::span<double> c)>;
// Runs all steps and sets outputs Y, Y_h and, when there is a cell state, Y_c. h and c are [directions,
// batch, hidden].
base::Status runRecurrent(EvalContext& context, const Recurrent& recurrent, Reals h, Reals c,
                          const RecurrentCell& cell);

// Shape rule, with `outputs` 2 or 3; cost; attributes.
base::Status inferRecurrent(InferContext& context, int64_t gates);
Cost recurrentCost(const CostContext& context);
std::vector<base::ParamSpec> recurrentAttributes();

}  // namespace lathe::ops
