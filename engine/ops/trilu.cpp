// Trilu: the upper (or lower) triangle of each matrix of x from diagonal k on, zeros elsewhere.
#include <algorithm>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_move.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    if (const auto* shape = context.shape(0); shape && shape->size() < 2)
        return context.error("the input has rank {}, expected at least 2", shape->size());
    context.setOutput(0, context.type(0));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const bool upper = context.attributes().integer("upper", 1) != 0;
    const auto k = integerOf(context, 1, "k", 0);
    if (!k) return k.error();
    if (x.rank() < 2) return context.error("the input has rank {}, expected at least 2", x.rank());
    auto y = context.allocate(x.type(), x.shape());
    if (!y) return y.error();
    const int64_t columns = x.shape().back(), rows = x.shape()[x.shape().size() - 2];
    // Diagonals beyond the matrix are all the same.
    const int64_t diagonal = std::clamp(*k, -rows - 1, columns + 1);
    Mover mover(x, *y);
    for (int64_t i = 0; i < x.elementCount(); ++i) {
        const int64_t column = i % columns, row = i / columns % rows;
        if (upper ? column - row >= diagonal : column - row <= diagonal) mover.copy(i, i);
    }
    context.set(0, std::move(*y));
    return {};
}

// dx = dy in the same triangle
base::Status gradient(GradientContext& context) {
    std::vector<ir::ValueId> inputs{context.outputGradient()};
    if (context.has(1)) inputs.push_back(context.input(1));
    context.set(0, context.emit("Trilu", std::move(inputs), context.attributes()));
    return {};
}

}  // namespace

Op triluOp() {
    return {.name = "Trilu",
            .sinceVersion = 14,
            .family = Family::shape,
            .summary = "y = a triangle of x, zeros elsewhere",
            .inputs = {{"input", kAnyType, "T"}, {"k", kInt64, {}, Presence::optional}},
            .outputs = {{"output", kAnyType, "T"}},
            .attributes = {flagAttribute("upper", 1, "1: the upper triangle, 0: the lower one")},
            .infer = infer,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
