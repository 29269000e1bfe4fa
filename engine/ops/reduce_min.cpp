// ReduceMin: the smallest element over axes; NaN where one is NaN, the highest value of the type over
// nothing.
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

}  // namespace

Op reduceMinOp() {
    return reductionOp("ReduceMin", 20, "y = the smallest x", kNumbers | kBool, infer, evaluate);
}

}  // namespace lathe::ops
