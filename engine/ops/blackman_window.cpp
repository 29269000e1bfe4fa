// BlackmanWindow: w[n] = 0.42 - 0.5 cos(2 pi n/N) + 0.08 cos(4 pi n/N), N = size, or size - 1 for the
// symmetric window.
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_signal_window.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return evaluateSignalWindow(
        context, [](double turn) { return 0.42 - 0.5 * std::cos(turn) + 0.08 * std::cos(2 * turn); });
}

}  // namespace

Op blackmanWindowOp() {
    return signalWindowOp("BlackmanWindow", "w[n] = 0.42 - 0.5 cos(2 pi n/N) + 0.08 cos(4 pi n/N)", evaluate);
}

}  // namespace lathe::ops
