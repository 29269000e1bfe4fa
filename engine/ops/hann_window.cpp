// HannWindow: w[n] = 0.5 - 0.5 cos(2 pi n/N), N = size, or size - 1 for the symmetric window.
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_signal_window.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return evaluateSignalWindow(context, [](double turn) { return 0.5 - 0.5 * std::cos(turn); });
}

}  // namespace

Op hannWindowOp() { return signalWindowOp("HannWindow", "w[n] = 0.5 - 0.5 cos(2 pi n/N)", evaluate); }

}  // namespace lathe::ops
