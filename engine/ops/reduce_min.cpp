// ReduceMin: the smallest element over axes; NaN where one is NaN, the highest value of the type over
// nothing.
#include "engine/ops/gradient_context.h"
#include "engine/ops/support_reduction.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    return inferReductionOfContents(context, [](const ir::Dim& a, const ir::Dim& b) { return min(a, b); });
}

base::Status evaluate(EvalContext& context) {
    const auto type = context.in(0).type();
    return reduceNumbers(context, [&](auto lane) {
        using W = std::remove_const_t<typename decltype(lane)::element_type>;
        W result = highestOf<W>(type);
        for (const W x : lane) result = smaller(result, x);
        return result;
    });
}

// dy goes to the elements that are the result, in equal parts
base::Status gradient(GradientContext& context) {
    const auto x = context.input(0);
    const auto taken =
        context.scope().castLike(context.emit("Equal", {x, keptAxes(context, context.output())}), x);
    auto attributes = context.attributes();
    std::vector<ir::ValueId> inputs{taken};
    if (context.has(1)) inputs.push_back(context.input(1));
    const auto count = context.emit("ReduceSum", inputs, std::move(attributes));
    const auto share = context.div(context.outputGradient(), count);
    context.set(0, context.mul(taken, keptAxes(context, share)));
    return {};
}

}  // namespace

Op reduceMinOp() {
    return reductionOp("ReduceMin", 20, "y = the smallest x", kNumbers | kBool, infer, evaluate, gradient);
}

}  // namespace lathe::ops
