// ReduceSumSquare: the sum of squares over axes; 0 over nothing.
#include "engine/ops/support_reduction.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return reduceNumbers(context, [](auto lane) {
        using W = std::remove_const_t<typename decltype(lane)::element_type>;
        W result = 0;
        for (const W x : lane) result = wrappingAdd(result, wrappingMultiply(x, x));
        return result;
    });
}

}  // namespace

Op reduceSumSquareOp() {
    return reductionOp("ReduceSumSquare", 18, "y = sum of x^2", kNumbers, inferReduction, evaluate);
}

}  // namespace lathe::ops
