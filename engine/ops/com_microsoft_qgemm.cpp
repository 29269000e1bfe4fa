// com.microsoft QGemm: sum = A' B' of quantized numbers less their zero points, plus C in int32 with scale
// alpha*aScale*bScale.
//
//   y = saturate(rne(sum * alpha*aScale*bScale[j] / yScale) + yZero), or the real number without yScale
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_matmul.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto *a = context.shape(0), *b = context.shape(3);
    if (a && a->size() != 2) return context.error("A has {} dimensions, expected 2", a->size());
    if (b && b->size() != 2) return context.error("B has {} dimensions, expected 2", b->size());
    const size_t turnA = context.attributes().integer("transA", 0) != 0,
                 turnB = context.attributes().integer("transB", 0) != 0;
    if (a && b) {
        const auto &left = (*a)[1 - turnA], &right = (*b)[turnB];
        if (left.isKnown() && right.isKnown() && !same(left, right))
            return context.error("cannot multiply: {} columns against {} rows", left.toString(),
                                 right.toString());
    }
    context.setOutput(
        0, context.has(8) ? context.element(8) : tensor::DataType::float32,
        ir::SymbolicShape{a ? (*a)[turnA] : ir::Dim::unknown(), b ? (*b)[1 - turnB] : ir::Dim::unknown()});
    return {};
}

Cost cost(const CostContext& context) {
    const auto& a = context.inputs[0].shape;
    if (a.size() != 2) return trafficCost(context);
    const auto inner = a[context.attributes->integer("transA", 0) != 0 ? 0 : 1];
    return macCost(context, context.outputElements() * static_cast<double>(inner));
}

// The matrix or its transpose; `shape` follows.
Codes matrix(Codes codes, tensor::Shape& shape, bool transposed) {
    if (!transposed) return codes;
    Codes turned(codes.size());
    const auto rows = static_cast<size_t>(shape[0]), columns = static_cast<size_t>(shape[1]);
    for (size_t i = 0; i < rows; ++i)
        for (size_t j = 0; j < columns; ++j) turned[j * rows + i] = codes[i * columns + j];
    std::swap(shape[0], shape[1]);
    return turned;
}

base::Status evaluate(EvalContext& context) {
    const auto& attributes = context.attributes();
    const bool turnA = attributes.integer("transA", 0) != 0, turnB = attributes.integer("transB", 0) != 0;
    if (context.in(0).rank() != 2 || context.in(3).rank() != 2)
        return context.error("A {} and B {} must be matrices", tensor::toString(context.in(0).shape()),
                             tensor::toString(context.in(3).shape()));
    auto aCodes = centredCodes(context, 0, 2, 1), bCodes = centredCodes(context, 3, 5, turnB ? 0 : 1);
    if (!aCodes) return aCodes.error();
    if (!bCodes) return bCodes.error();
    auto aShape = context.in(0).shape(), bShape = context.in(3).shape();
    const Codes a = matrix(std::move(*aCodes), aShape, turnA), b = matrix(std::move(*bCodes), bShape, turnB);
    const auto plan = planMatMul(context, aShape, bShape);
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok;
    Codes sums = multiply<int64_t>(*plan, a, b);
    if (context.has(6)) {
        const auto& c = context.in(6);
        if (!broadcastsTo(c.shape(), plan->outputShape))
            return context.error("C {} does not broadcast to {}", tensor::toString(c.shape()),
                                 tensor::toString(plan->outputShape));
        const auto at = broadcastIndices(c.shape(), plan->outputShape);
        for (size_t i = 0; i < sums.size(); ++i) sums[i] += c.integerAt(at[i]);
    }
    const auto aScale = scalarScale(context, 1);
    if (!aScale) return aScale.error();
    const auto bScale = scales(context, 4, plan->columns);
    if (!bScale) return bScale.error();
    const float alpha = attributes.real("alpha", 1);
    const auto columns = static_cast<size_t>(plan->columns);
    if (!context.has(7)) {
        Reals y(sums.size());
        for (size_t i = 0; i < y.size(); ++i)
            y[i] =
                static_cast<double>(sums[i]) * static_cast<double>(alpha * *aScale * (*bScale)[i % columns]);
        return setReals(context, 0, tensor::DataType::float32, plan->outputShape, y);
    }
    const auto yScale = scalarScale(context, 7);
    if (!yScale) return yScale.error();
    const auto yZero = scalarZeroPoint(context, 8);
    if (!yZero) return yZero.error();
    const auto type = context.has(8) ? context.in(8).type() : context.in(0).type();
    const auto range = codeRange(type);
    for (size_t i = 0; i < sums.size(); ++i)
        sums[i] = requantize(sums[i], alpha * *aScale * (*bScale)[i % columns] / *yScale, *yZero, range);
    return setCodes(context, 0, type, plan->outputShape, sums);
}

}  // namespace

Op comMicrosoftQGemmOp() {
    constexpr TypeSet kFloat = typeBit(tensor::DataType::float32);
    constexpr auto kOptional = Presence::optional;
    return {.name = "QGemm",
            .domain = kMicrosoft,
            .family = Family::quantization,
            .summary = "Matrix product of quantized numbers with addend",
            .inputs = {{"A", kBytes, "TA"},
                       {"a_scale", kFloat},
                       {"a_zero_point", kBytes, "TA"},
                       {"B", kBytes, "TB"},
                       {"b_scale", kFloat},
                       {"b_zero_point", kBytes, "TB"},
                       {"C", typeBit(tensor::DataType::int32), {}, kOptional},
                       {"y_scale", kFloat, {}, kOptional},
                       {"y_zero_point", kBytes, {}, kOptional}},
            .outputs = {{"Y", kBytes | kFloat}},
            .attributes = {realAttribute("alpha", 1, "factor of the product"),
                           flagAttribute("transA", 0, "1: A is transposed first"),
                           flagAttribute("transB", 0, "1: B is transposed first")},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
