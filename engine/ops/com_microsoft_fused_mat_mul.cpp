// com.microsoft FusedMatMul: y = alpha * A' B', where A' and B' may be transposed in their last two
// dimensions, or with transBatch have their first dimension moved behind the last but one.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_matmul.h"
#include "engine/ops/support_q_linear.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

// Which axis of the operand each axis of the turned operand is.
std::vector<size_t> turnedAxes(size_t rank, bool batch, bool transposed) {
    std::vector<size_t> axes(rank);
    for (size_t i = 0; i < rank; ++i) axes[i] = i;
    if (rank < 2) return axes;
    if (batch)
        for (size_t i = 0; i + 1 < rank; ++i) axes[i] = i + 2 < rank ? i + 1 : 0;
    if (transposed) std::swap(axes[rank - 1], axes[rank - 2]);
    return axes;
}

std::vector<size_t> turnedAxes(const ir::Attributes& attributes, size_t i, size_t rank) {
    return turnedAxes(rank, attributes.integer(i == 0 ? "transBatchA" : "transBatchB", 0) != 0,
                      attributes.integer(i == 0 ? "transA" : "transB", 0) != 0);
}

base::Status infer(InferContext& context) {
    ir::SymbolicShape shapes[2];
    for (size_t i = 0; i < 2; ++i) {
        const auto* shape = context.shape(i);
        if (!shape) {
            context.setOutput(0, context.element(0), {});
            return {};
        }
        for (const auto axis : turnedAxes(context.attributes(), i, shape->size()))
            shapes[i].push_back((*shape)[axis]);
    }
    auto shape = matMulShape(context, shapes[0], shapes[1]);
    if (!shape) return shape.error();
    context.setOutput(0, context.element(0), std::move(*shape));
    return {};
}

Cost cost(const CostContext& context) {
    const auto& a = context.inputs[0].shape;
    if (a.empty()) return trafficCost(context);
    const auto axes = turnedAxes(*context.attributes, 0, a.size());
    return macCost(context, context.outputElements() * static_cast<double>(a[axes.back()]));
}

Reals turned(const tensor::Tensor& x, const std::vector<size_t>& axes, tensor::Shape& shape) {
    shape.clear();
    for (const auto axis : axes) shape.push_back(x.shape()[axis]);
    const Reals in = reals(x);
    const auto strides = tensor::strides(x.shape());
    Reals out(in.size());
    std::vector<int64_t> position(axes.size(), 0);
    for (auto& value : out) {
        int64_t at = 0;
        for (size_t i = 0; i < axes.size(); ++i) at += position[i] * strides[axes[i]];
        value = in[static_cast<size_t>(at)];
        nextIndex(position, shape);
    }
    return out;
}

base::Status evaluate(EvalContext& context) {
    tensor::Shape shapes[2];
    Reals operands[2];
    for (size_t i = 0; i < 2; ++i)
        operands[i] = turned(context.in(i), turnedAxes(context.attributes(), i, context.in(i).shape().size()),
                             shapes[i]);
    const auto plan = planMatMul(context, shapes[0], shapes[1]);
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok;
    Reals y = multiply<double>(*plan, operands[0], operands[1]);
    const auto alpha = static_cast<double>(context.attributes().real("alpha", 1));
    for (auto& value : y) value *= alpha;
    return setReals(context, 0, context.in(0).type(), plan->outputShape, y);
}

}  // namespace

Op comMicrosoftFusedMatMulOp() {
    return {
        .name = "FusedMatMul",
        .domain = kMicrosoft,
        .family = Family::convolution,
        .summary = "y = alpha A' B' with transposes",
        .inputs = {{"A", kFloats, "T"}, {"B", kFloats, "T"}},
        .outputs = {{"Y", kFloats, "T"}},
        .attributes = {realAttribute("alpha", 1, "factor of the product"),
                       flagAttribute("transA", 0, "1: A is transposed first"),
                       flagAttribute("transB", 0, "1: B is transposed first"),
                       flagAttribute("transBatchA", 0, "1: the first dimension of A moves behind its rows"),
                       flagAttribute("transBatchB", 0, "1: the first dimension of B moves behind its rows")},
        .infer = infer,
        .cost = cost,
        .evaluate = evaluate};
}

}  // namespace lathe::ops
