#include "engine/ops/support_extreme.h"

#include "engine/ops/gradient_context.h"

namespace lathe::ops {

base::Status extremeGradient(GradientContext& context) {
    const auto dy = context.outputGradient(), y = context.output();
    std::vector<ir::ValueId> taken;
    for (size_t i = 0; i < context.inputCount(); ++i)
        taken.push_back(context.scope().castLike(context.emit("Equal", {context.input(i), y}), y));
    const auto share = context.div(dy, taken.size() == 1 ? taken[0] : context.emit("Sum", taken));
    for (size_t i = 0; i < taken.size(); ++i)
        if (context.wants(i)) context.setReduced(i, context.mul(taken[i], share));
    return {};
}

}  // namespace lathe::ops
