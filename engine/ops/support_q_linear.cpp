#include "engine/ops/support_q_linear.h"

#include "engine/ops/support_index.h"

namespace lathe::ops {

base::Result<Reals> dequantizedInput(const EvalContext& context, size_t i, size_t scale, size_t zeroPoint) {
    const auto factor = scalarScale(context, scale);
    if (!factor) return factor.error();
    const auto zero = scalarZeroPoint(context, zeroPoint);
    if (!zero) return zero.error();
    Reals values = reals(context.in(i));
    for (auto& value : values) value = (value - static_cast<double>(*zero)) * static_cast<double>(*factor);
    return values;
}

base::Status setQuantized(EvalContext& context, tensor::DataType type, tensor::Dimensions shape,
                          std::span<const double> values, size_t scale, size_t zeroPoint) {
    const auto factor = scalarScale(context, scale);
    if (!factor) return factor.error();
    const auto zero = scalarZeroPoint(context, zeroPoint);
    if (!zero) return zero.error();
    const auto range = codeRange(type);
    Codes codes(values.size());
    for (size_t i = 0; i < codes.size(); ++i)
        codes[i] = roundToCode(static_cast<double>(static_cast<float>(values[i]) / *factor), *zero, range);
    return setCodes(context, 0, type, shape, codes);
}

base::Status inferQLinearUnary(InferContext& context) {
    for (const size_t i : {1, 2, 3, 4})
        if (auto ok = checkScalar(context, i, i % 2 == 1 ? "scale" : "zero point"); !ok) return ok;
    return inferSameAsFirst(context);
}

base::Status inferQLinearBinary(InferContext& context) {
    for (const size_t i : {1, 4, 6})
        if (auto ok = checkScalar(context, i, "scale"); !ok) return ok;
    for (const size_t i : {2, 5, 7})
        if (auto ok = checkScalar(context, i, "zero point"); !ok) return ok;
    std::optional<ir::SymbolicShape> shape;
    if (context.shape(0) && context.shape(3)) {
        auto merged = broadcastShapes(context, *context.shape(0), *context.shape(3));
        if (!merged) return merged.error();
        shape = std::move(*merged);
    }
    context.setOutput(0, context.element(0), std::move(shape));
    return {};
}

std::vector<Formal> qLinearUnaryInputs() {
    constexpr TypeSet kFloat = typeBit(tensor::DataType::float32);
    return {{"X", kBytes, "T"},
            {"X_scale", kFloat},
            {"X_zero_point", kBytes, "T", Presence::optional},
            {"Y_scale", kFloat},
            {"Y_zero_point", kBytes, "T", Presence::optional}};
}

std::vector<Formal> qLinearBinaryInputs() {
    constexpr TypeSet kFloat = typeBit(tensor::DataType::float32);
    return {{"A", kBytes, "T"},
            {"A_scale", kFloat},
            {"A_zero_point", kBytes, "T", Presence::optional},
            {"B", kBytes, "T"},
            {"B_scale", kFloat},
            {"B_zero_point", kBytes, "T", Presence::optional},
            {"C_scale", kFloat},
            {"C_zero_point", kBytes, "T", Presence::optional}};
}

base::Status evaluateQLinearBinary(EvalContext& context, double (*function)(double, double)) {
    const auto &a = context.in(0), &b = context.in(3);
    const auto shape = tensor::broadcast(a.shape(), b.shape());
    if (!shape)
        return context.error("shapes {} and {} do not broadcast", tensor::toString(a.shape()),
                             tensor::toString(b.shape()));
    if (auto ok = checkSize(context, *shape); !ok) return ok;
    const auto left = dequantizedInput(context, 0, 1, 2), right = dequantizedInput(context, 3, 4, 5);
    if (!left) return left.error();
    if (!right) return right.error();
    const auto leftAt = broadcastIndices(a.shape(), *shape), rightAt = broadcastIndices(b.shape(), *shape);
    Reals values(leftAt.size());
    for (size_t i = 0; i < values.size(); ++i)
        values[i] =
            function((*left)[static_cast<size_t>(leftAt[i])], (*right)[static_cast<size_t>(rightAt[i])]);
    return setQuantized(context, a.type(), *shape, values, 6, 7);
}

}  // namespace lathe::ops
