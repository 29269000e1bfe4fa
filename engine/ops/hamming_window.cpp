// HammingWindow: w[n] = 25/46 - 21/46 cos(2 pi n/N), N = size, or size - 1 for the symmetric window.
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_signal_window.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return evaluateSignalWindow(context, [](double turn) { return 25.0 / 46 - 21.0 / 46 * std::cos(turn); });
}

}  // namespace

Op hammingWindowOp() {
    return signalWindowOp("HammingWindow", "w[n] = 25/46 - 21/46 cos(2 pi n/N)", evaluate);
}

}  // namespace lathe::ops
