// Det: determinant of each square matrix in the last two dimensions, by elimination with partial pivoting.
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    if (!x) {
        context.setOutput(0, context.element(0), {});
        return {};
    }
    if (x->size() < 2) return context.error("input has {} dimensions, expected at least 2", x->size());
    const auto &rows = (*x)[x->size() - 2], &columns = x->back();
    if (rows.isKnown() && columns.isKnown() && !same(rows, columns))
        return context.error("the matrix is {} x {}, expected a square one", rows.toString(),
                             columns.toString());
    context.setOutput(0, context.element(0), ir::SymbolicShape(x->begin(), x->end() - 2));
    return {};
}

double determinant(std::span<double> matrix, size_t size) {
    double result = 1;
    for (size_t c = 0; c < size; ++c) {
        size_t pivot = c;
        for (size_t r = c + 1; r < size; ++r)
            if (std::abs(matrix[r * size + c]) > std::abs(matrix[pivot * size + c])) pivot = r;
        if (matrix[pivot * size + c] == 0) return 0;
        if (pivot != c) {
            for (size_t k = 0; k < size; ++k) std::swap(matrix[c * size + k], matrix[pivot * size + k]);
            result = -result;
        }
        result *= matrix[c * size + c];
        for (size_t r = c + 1; r < size; ++r) {
            const double factor = matrix[r * size + c] / matrix[c * size + c];
            for (size_t k = c; k < size; ++k) matrix[r * size + k] -= factor * matrix[c * size + k];
        }
    }
    return result;
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    if (x.rank() < 2 || x.shape().back() != x.shape()[x.shape().size() - 2])
        return context.error("input {} has no square matrices", tensor::toString(x.shape()));
    const auto size = static_cast<size_t>(x.shape().back());
    const tensor::Shape shape(x.shape().begin(), x.shape().end() - 2);
    Reals values = reals(x), y(static_cast<size_t>(tensor::elementCount(shape)));
    for (size_t i = 0; i < y.size(); ++i)
        y[i] = determinant(std::span(values).subspan(i * size * size, size * size), size);
    return setReals(context, 0, x.type(), shape, y);
}

}  // namespace

Op detOp() {
    return {.name = "Det",
            .sinceVersion = 22,
            .family = Family::convolution,
            .summary = "Determinant of each matrix",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = reductionCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
