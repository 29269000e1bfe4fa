// Size: the number of elements of x as an int64 scalar.
#include "engine/ops/op.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    context.setOutput(0, tensor::DataType::int64, ir::SymbolicShape{});
    if (const auto* shape = context.shape(0)) context.setContents(0, {ir::product(*shape)});
    return {};
}

// Nothing of x is read.
Cost cost(const CostContext&) { return {0, 0, 0, 8}; }

base::Status evaluate(EvalContext& context) {
    context.set(0, tensor::Tensor::scalar<int64_t>(context.in(0).elementCount()));
    return {};
}

}  // namespace

Op sizeOp() {
    return {.name = "Size",
            .sinceVersion = 25,
            .family = Family::shape,
            .summary = "y = the number of elements of x",
            .inputs = {{"data"}},
            .outputs = {{"size", kInt64}},
            .attributes = {},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
