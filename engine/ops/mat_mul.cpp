// MatMul: y[..., i, j] = sum over k of a[..., i, k] * b[..., k, j], with numpy's rules for vectors and
// broadcasting.
#include <algorithm>
#include <numeric>

#include "engine/ops/gradient_context.h"
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

// The last two axes exchanged; leaves vectors to its callers.
ir::ValueId transposed(GradientContext& context, ir::ValueId matrix) {
    std::vector<int64_t> order(static_cast<size_t>(std::max<int64_t>(context.rank(matrix), 2)));
    std::iota(order.begin(), order.end(), 0);
    std::swap(order[order.size() - 1], order[order.size() - 2]);
    return context.emit("Transpose", {matrix}, {{"perm", std::move(order)}});
}

// da = dy b', db = a' dy, summed over the batch axes that were stretched. A vector a is a row, a vector b a
// column.
base::Status gradient(GradientContext& context) {
    for (const size_t i : {0, 1})
        if (context.rank(context.input(i)) < 1) return context.error("the rank of input {} is not known", i);
    const auto rows = [&](ir::ValueId value, int64_t axis) {
        return context.emit("Unsqueeze", {value, context.integers({axis})});
    };
    const bool row = context.rank(context.input(0)) == 1, column = context.rank(context.input(1)) == 1;
    const auto a = row ? rows(context.input(0), 0) : context.input(0);
    const auto b = column ? rows(context.input(1), 1) : context.input(1);
    auto dy = context.outputGradient();
    if (column) dy = rows(dy, -1);
    if (row) dy = rows(dy, -2);
    const auto finish = [&](size_t i, ir::ValueId full, ir::ValueId matrix, bool vector) {
        const auto result = context.reduced(full, matrix);
        context.set(i, vector ? context.scope().reshapeLike(result, context.input(i)) : result);
    };
    if (context.wants(0)) finish(0, context.emit("MatMul", {dy, transposed(context, b)}), a, row);
    if (context.wants(1)) finish(1, context.emit("MatMul", {transposed(context, a), dy}), b, column);
    return {};
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
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
