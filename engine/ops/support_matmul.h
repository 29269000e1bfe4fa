// What the matrix products share: numpy's rules for shapes, and the product itself for any number type.
//
//   y[..., i, j] = sum over k of a[..., i, k] * b[..., k, j]
//
// A vector on the left is a row, on the right a column; leading dimensions broadcast.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "engine/ops/cost_context.h"
#include "engine/ops/eval_context.h"
#include "engine/ops/infer_context.h"

namespace lathe::ops {

// The output shape of inputs a and b, as far as it is known.
base::Result<std::optional<ir::SymbolicShape>> matMulShape(const InferContext& context, size_t a, size_t b);
// The same of shapes.
base::Result<std::optional<ir::SymbolicShape>> matMulShape(const InferContext& context,
                                                           const ir::SymbolicShape& left,
                                                           const ir::SymbolicShape& right);
// Multiply-accumulates: an output element sums as many products as `a` has columns.
double matMulMacs(const CostContext& context, size_t a);

struct MatMulPlan {
    int64_t rows = 1, inner = 0, columns = 1;
    std::vector<std::pair<int64_t, int64_t>> batches;  // where the matrices of a and b begin, in elements
    tensor::Shape outputShape;
};
base::Result<MatMulPlan> planMatMul(const EvalContext& context, tensor::Dimensions a, tensor::Dimensions b);

// y += a b for one matrix each, row-major.
template <typename T>
void multiplyAdd(int64_t rows, int64_t inner, int64_t columns, const T* a, const T* b, T* y) {
    for (int64_t i = 0; i < rows; ++i)
        for (int64_t k = 0; k < inner; ++k) {
            const T factor = a[i * inner + k];
            const T* from = b + k * columns;
            T* to = y + i * columns;
            for (int64_t j = 0; j < columns; ++j) to[j] += factor * from[j];
        }
}

template <typename T>
std::vector<T> multiply(const MatMulPlan& plan, std::span<const T> a, std::span<const T> b) {
    std::vector<T> y(plan.batches.size() * static_cast<size_t>(plan.rows * plan.columns));
    T* to = y.data();
    for (const auto& [atA, atB] : plan.batches) {
        multiplyAdd(plan.rows, plan.inner, plan.columns, a.data() + atA, b.data() + atB, to);
        to += plan.rows * plan.columns;
    }
    return y;
}

}  // namespace lathe::ops
