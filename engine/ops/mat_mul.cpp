// MatMul: y[..., i, j] = sum over k of a[..., i, k] * b[..., k, j], with numpy's rules for vectors and
// broadcasting.
#include "engine/ops/op.h"
#include "engine/ops/support_matmul.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kTypes = kFloats | typeSet(tensor::DataType::int32, tensor::DataType::int64,
                                             tensor::DataType::uint32, tensor::DataType::uint64);

base::Status infer(InferContext& context) {
    auto shape = matMulShape(context, 0, 1);
    if (!shape) return shape.error();
    context.setOutput(0, context.element(0), std::move(*shape));
    return {};
}

Cost cost(const CostContext& context) { return macCost(context, matMulMacs(context, 0)); }

// Integers wrap around, as two's complement arithmetic of any width agrees in the low bits.
template <typename T>
base::Status evaluateIntegers(EvalContext& context, const MatMulPlan& plan) {
    const auto wide = [&](size_t i) {
        const auto values = context.in(i).values<T>();
        return std::vector<uint64_t>(values.begin(), values.end());
    };
    auto y = context.allocate(context.in(0).type(), plan.outputShape);
    if (!y) return y.error();
    const auto sums = multiply<uint64_t>(plan, wide(0), wide(1));
    const auto out = y->mutableValues<T>();
    for (size_t i = 0; i < sums.size(); ++i) out[i] = static_cast<T>(sums[i]);
    context.set(0, std::move(*y));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& a = context.in(0);
    const auto plan = planMatMul(context, a.shape(), context.in(1).shape());
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok;
    switch (a.type()) {
        case tensor::DataType::int32:
            return evaluateIntegers<int32_t>(context, *plan);
        case tensor::DataType::int64:
            return evaluateIntegers<int64_t>(context, *plan);
        case tensor::DataType::uint32:
            return evaluateIntegers<uint32_t>(context, *plan);
        case tensor::DataType::uint64:
            return evaluateIntegers<uint64_t>(context, *plan);
        default:
            return setReals(context, 0, a.type(), plan->outputShape,
                            multiply<double>(*plan, reals(a), reals(context.in(1))));
    }
}

}  // namespace

Op matMulOp() {
    return {.name = "MatMul",
            .sinceVersion = 13,
            .family = Family::convolution,
            .summary = "Matrix product: y = a b over the last two dimensions",
            .inputs = {{"A", kTypes, "T"}, {"B", kTypes, "T"}},
            .outputs = {{"Y", kTypes, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
