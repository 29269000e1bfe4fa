#include "engine/ops/support_matmul.h"

#include "engine/ops/support_index.h"

namespace lathe::ops {

base::Result<std::optional<ir::SymbolicShape>> matMulShape(const InferContext& context, size_t a, size_t b) {
    const auto* left = context.shape(a);
    const auto* right = context.shape(b);
    if ((left && left->empty()) || (right && right->empty()))
        return context.error("an input is a scalar, expected at least 1 dimension");
    if (!left || !right) return std::optional<ir::SymbolicShape>();
    return matMulShape(context, *left, *right);
}

base::Result<std::optional<ir::SymbolicShape>> matMulShape(const InferContext& context,
                                                           const ir::SymbolicShape& left,
                                                           const ir::SymbolicShape& right) {
    if (left.empty() || right.empty())
        return context.error("an input is a scalar, expected at least 1 dimension");
    const bool row = left.size() == 1, column = right.size() == 1;
    const auto& innerLeft = left.back();
    const auto& innerRight = column ? right.front() : right[right.size() - 2];
    if (innerLeft.isKnown() && innerRight.isKnown() && !same(innerLeft, innerRight))
        return context.error("cannot multiply {} by {}: {} columns against {} rows", ir::toString(left),
                             ir::toString(right), innerLeft.toString(), innerRight.toString());
    ir::SymbolicShape leadLeft, leadRight;
    if (!row) leadLeft.assign(left.begin(), left.end() - 2);
    if (!column) leadRight.assign(right.begin(), right.end() - 2);
    auto result = broadcastShapes(context, leadLeft, leadRight);
    if (!result) return result.error();
    if (!row) result->push_back(left[left.size() - 2]);
    if (!column) result->push_back(right.back());
    return std::optional(std::move(*result));
}

double matMulMacs(const CostContext& context, size_t a) {
    const auto& shape = context.inputs[a].shape;
    return shape.empty() ? 0 : context.outputElements() * static_cast<double>(shape.back());
}

base::Result<MatMulPlan> planMatMul(const EvalContext& context, tensor::Dimensions a, tensor::Dimensions b) {
    if (a.empty() || b.empty()) return context.error("an input is a scalar, expected at least 1 dimension");
    MatMulPlan plan;
    const bool row = a.size() == 1, column = b.size() == 1;
    plan.rows = row ? 1 : a[a.size() - 2];
    plan.inner = a.back();
    plan.columns = column ? 1 : b.back();
    const auto leadA = a.first(row ? 0 : a.size() - 2), leadB = b.first(column ? 0 : b.size() - 2);
    const auto lead = tensor::broadcast(leadA, leadB);
    if (plan.inner != (column ? b[0] : b[b.size() - 2]) || !lead)
        return context.error("cannot multiply {} by {}", tensor::toString(a), tensor::toString(b));
    plan.outputShape = *lead;
    if (!row) plan.outputShape.push_back(plan.rows);
    if (!column) plan.outputShape.push_back(plan.columns);
    const auto indexA = broadcastIndices(leadA, *lead), indexB = broadcastIndices(leadB, *lead);
    for (size_t i = 0; i < indexA.size(); ++i)
        plan.batches.emplace_back(indexA[i] * plan.rows * plan.inner, indexB[i] * plan.inner * plan.columns);
    return plan;
}

}  // namespace lathe::ops
