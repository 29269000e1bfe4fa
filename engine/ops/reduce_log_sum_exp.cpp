// ReduceLogSumExp: ln(sum of e^x) over axes, shifted by the maximum so that nothing overflows; -infinity over
// nothing.
#include <cmath>
#include <limits>

#include "engine/ops/gradient_context.h"
#include "engine/ops/support_reduction.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return reduceAs<double>(context, [](std::span<const double> lane) {
        double highest = -std::numeric_limits<double>::infinity();
        for (const double x : lane) highest = greater(highest, x);
        // An infinite maximum (or NaN, or no element) is the result already.
        if (!std::isfinite(highest)) return highest;
        double sum = 0;
        for (const double x : lane) sum += std::exp(x - highest);
        return highest + std::log(sum);
    });
}

// dx = dy * exp(x - y)
base::Status gradient(GradientContext& context) {
    const auto part =
        context.emit("Exp", {context.sub(context.input(0), keptAxes(context, context.output()))});
    context.set(0, context.mul(keptAxes(context, context.outputGradient()), part));
    return {};
}

}  // namespace

Op reduceLogSumExpOp() {
    return reductionOp("ReduceLogSumExp", 18, "y = ln(sum of exp(x))", kNumbers, inferReduction, evaluate,
                       gradient);
}

}  // namespace lathe::ops
