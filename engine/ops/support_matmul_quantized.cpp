#include "engine/ops/support_matmul_quantized.h"

#include "engine/ops/support_index.h"

namespace lathe::ops {

base::Result<std::vector<int64_t>> parameterIndices(const EvalContext& context,
                                                    const tensor::Shape& parameter,
                                                    const tensor::Shape& shape, Side side) {
    if (tensor::elementCount(parameter) == 1)
        return std::vector<int64_t>(static_cast<size_t>(tensor::elementCount(shape)), 0);
    auto seen = parameter;
    if (seen.size() == 1 && side == Side::left && shape.size() > 1) seen.push_back(1);
    if (!broadcastsTo(seen, shape))
        return context.error("a scale or zero point {} does not fit {}", tensor::toString(parameter),
                             tensor::toString(shape));
    return broadcastIndices(seen, shape);
}

base::Result<Codes> centredOperand(const EvalContext& context, size_t i, size_t zeroPoint, Side side) {
    const auto& x = context.in(i);
    Codes codes = tensor::toIntegers(x);
    if (!context.has(zeroPoint)) return codes;
    const auto indices = parameterIndices(context, context.in(zeroPoint).shape(), x.shape(), side);
    if (!indices) return indices.error();
    const auto zeros = tensor::toIntegers(context.in(zeroPoint));
    for (size_t j = 0; j < codes.size(); ++j) codes[j] -= zeros[static_cast<size_t>((*indices)[j])];
    return codes;
}

}  // namespace lathe::ops
