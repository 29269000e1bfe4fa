// ReduceProd: the product over axes; 1 over nothing.
#include "engine/ops/support_reduction.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    return inferReductionOfContents(context, [](const ir::Dim& a, const ir::Dim& b) { return a * b; });
}

base::Status evaluate(EvalContext& context) {
    return reduceNumbers(context, [](auto lane) {
        using W = std::remove_const_t<typename decltype(lane)::element_type>;
        W result = 1;
        for (const W x : lane) result = wrappingMultiply(result, x);
        return result;
    });
}

}  // namespace

Op reduceProdOp() { return reductionOp("ReduceProd", 18, "y = product of x", kNumbers, infer, evaluate); }

}  // namespace lathe::ops
