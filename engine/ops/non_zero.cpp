// NonZero: the places where x is not 0, one column each, in row-major order.
#include "engine/ops/op.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto* shape = context.shape(0);
    const ir::Dim rank = shape ? ir::Dim(static_cast<int64_t>(shape->size())) : ir::Dim::unknown();
    context.setOutput(0, tensor::DataType::int64, ir::SymbolicShape{rank, context.freshDim("count")});
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto rank = static_cast<size_t>(x.rank());
    std::vector<int64_t> places;
    for (int64_t i = 0; i < x.elementCount(); ++i) {
        const bool text = x.type() == tensor::DataType::string;
        if (text ? !x.values<std::string>()[static_cast<size_t>(i)].empty() : x.realAt(i) != 0)
            places.push_back(i);
    }
    const auto count = places.size();
    auto y = context.allocate(tensor::DataType::int64, tensor::Shape{x.rank(), static_cast<int64_t>(count)});
    if (!y) return y.error();
    const auto out = y->mutableValues<int64_t>();
    const auto steps = tensor::strides(x.shape());
    for (size_t column = 0; column < count; ++column)
        for (size_t axis = 0; axis < rank; ++axis)
            out[axis * count + column] = places[column] / steps[axis] % x.shape()[axis];
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op nonZeroOp() {
    return {.name = "NonZero",
            .sinceVersion = 13,
            .family = Family::shape,
            .summary = "y = the indices of what is not 0 in x",
            .inputs = {{"X", kNumbers | kBool | typeBit(tensor::DataType::string)}},
            .outputs = {{"Y", kInt64}},
            .attributes = {},
            .infer = infer,
            .cost = reductionCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
