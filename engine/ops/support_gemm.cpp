#include "engine/ops/support_gemm.h"

#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_matmul.h"

namespace lathe::ops {
namespace {

// The matrix, or its transpose; `shape` follows.
Reals matrix(const tensor::Tensor& tensor, bool transposed, tensor::Shape& shape) {
    Reals values = reals(tensor);
    shape = tensor.shape();
    if (!transposed) return values;
    Reals turned(values.size());
    const auto rows = static_cast<size_t>(shape[0]), columns = static_cast<size_t>(shape[1]);
    for (size_t i = 0; i < rows; ++i)
        for (size_t j = 0; j < columns; ++j) turned[j * rows + i] = values[i * columns + j];
    std::swap(shape[0], shape[1]);
    return turned;
}

}  // namespace

base::Status inferGemm(InferContext& context) {
    const auto* a = context.shape(0);
    const auto* b = context.shape(1);
    if (a && a->size() != 2) return context.error("A has {} dimensions, expected 2", a->size());
    if (b && b->size() != 2) return context.error("B has {} dimensions, expected 2", b->size());
    const size_t turnA = context.attributes().integer("transA", 0) != 0,
                 turnB = context.attributes().integer("transB", 0) != 0;
    ir::SymbolicShape shape(2, ir::Dim::unknown());
    if (a) shape[0] = (*a)[turnA];
    if (b) shape[1] = (*b)[1 - turnB];
    if (a && b) {
        const auto& left = (*a)[1 - turnA];
        const auto& right = (*b)[turnB];
        if (left.isKnown() && right.isKnown() && !same(left, right))
            return context.error("cannot multiply {}{} by {}{}: {} columns against {} rows", ir::toString(*a),
                                 turnA ? " transposed" : "", ir::toString(*b), turnB ? " transposed" : "",
                                 left.toString(), right.toString());
    }
    if (const auto* c = context.shape(2)) {
        if (c->size() > 2) return context.error("C has {} dimensions, expected at most 2", c->size());
        const auto merged = broadcastShapes(context, shape, *c);
        if (!merged) return merged.error();
        for (size_t i = 0; i < 2; ++i)
            if (shape[i].isKnown() && (*merged)[i].isKnown() && !same(shape[i], (*merged)[i]))
                return context.error("C {} does not broadcast to {}", ir::toString(*c), ir::toString(shape));
    }
    context.setOutput(0, context.element(0), shape);
    return {};
}

Cost gemmCost(const CostContext& context) {
    const auto& a = context.inputs[0].shape;
    if (a.size() != 2) return trafficCost(context);
    const auto inner = a[context.attributes->integer("transA", 0) != 0 ? 0 : 1];
    return macCost(context, context.outputElements() * static_cast<double>(inner));
}

base::Result<GemmResult> gemm(const EvalContext& context) {
    const auto& attributes = context.attributes();
    if (context.in(0).rank() != 2 || context.in(1).rank() != 2)
        return context.error("A {} and B {} must be matrices", tensor::toString(context.in(0).shape()),
                             tensor::toString(context.in(1).shape()));
    tensor::Shape shapeA, shapeB;
    const Reals a = matrix(context.in(0), attributes.integer("transA", 0) != 0, shapeA);
    const Reals b = matrix(context.in(1), attributes.integer("transB", 0) != 0, shapeB);
    const auto plan = planMatMul(context, shapeA, shapeB);
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok.error();
    Reals y = multiply<double>(*plan, a, b);
    const double alpha = static_cast<double>(attributes.real("alpha", 1)),
                 beta = static_cast<double>(attributes.real("beta", 1));
    for (auto& value : y) value *= alpha;
    if (context.has(2)) {
        const auto& c = context.in(2);
        if (!broadcastsTo(c.shape(), plan->outputShape))
            return context.error("C {} does not broadcast to {}", tensor::toString(c.shape()),
                                 tensor::toString(plan->outputShape));
        const Reals addend = reals(c);
        const auto indices = broadcastIndices(c.shape(), plan->outputShape);
        for (size_t i = 0; i < y.size(); ++i) y[i] += beta * addend[static_cast<size_t>(indices[i])];
    }
    return GemmResult{plan->outputShape, std::move(y)};
}

std::vector<Formal> gemmInputs(TypeSet types) {
    return {{"A", types, "T"}, {"B", types, "T"}, {"C", types, "T", Presence::optional}};
}

std::vector<base::ParamSpec> gemmAttributes() {
    return {realAttribute("alpha", 1, "factor of the product"), realAttribute("beta", 1, "factor of C"),
            flagAttribute("transA", 0, "1: A is transposed first"),
            flagAttribute("transB", 0, "1: B is transposed first")};
}

}  // namespace lathe::ops
