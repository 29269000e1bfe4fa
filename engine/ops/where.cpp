// Where: y = a where the condition holds, else b; broadcast.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_contents.h"
#include "engine/ops/support_move.h"
#include "engine/ops/support_walk.h"

namespace lathe::ops {
namespace {

// One of two expressions by a condition that may not be known; equal ones need no decision.
ir::Dim chosen(const ir::Dim& condition, const ir::Dim& a, const ir::Dim& b) {
    if (condition.isKnown()) return *condition.constant() != 0 ? a : b;
    return same(a, b) ? a : ir::Dim::unknown();
}

base::Status infer(InferContext& context) {
    if (auto ok = inferBroadcast(context); !ok) return ok;
    auto type = context.outputs().empty() ? ir::ValueType{} : context.outputs()[0].type;
    type.element = context.element(1);
    const auto rank = type.rank();
    context.setOutput(0, std::move(type));
    const auto c = context.contents(0), a = context.contents(1), b = context.contents(2);
    if (!a || !b || !c || rank < 0 || rank > 1) return {};
    size_t count = 1;
    for (const auto* part : {&*c, &*a, &*b})
        if (part->size() != 1) count = part->size();
    SymbolicContents result;
    const auto at = [](const SymbolicContents& part, size_t i) { return part[part.size() == 1 ? 0 : i]; };
    for (size_t i = 0; i < count; ++i) result.push_back(chosen(at(*c, i), at(*a, i), at(*b, i)));
    context.setContents(0, std::move(result));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto &condition = context.in(0), &a = context.in(1), &b = context.in(2);
    const auto shape = broadcastInputs(context);
    if (!shape) return shape.error();
    auto y = context.allocate(a.type(), *shape);
    if (!y) return y.error();
    Mover fromA(a, *y), fromB(b, *y);
    const auto conditions = condition.values<bool>();
    Walk c(*shape, broadcastSteps(condition.shape(), *shape)), i(*shape, broadcastSteps(a.shape(), *shape)),
        j(*shape, broadcastSteps(b.shape(), *shape));
    for (int64_t k = 0; k < y->elementCount(); ++k, c.next(), i.next(), j.next())
        if (conditions[static_cast<size_t>(c.index())])
            fromA.copy(k, i.index());
        else
            fromB.copy(k, j.index());
    context.set(0, std::move(*y));
    return {};
}

// dy goes to the operand that was taken.
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient(), condition = context.input(0);
    const auto zero = context.scope().scalar(0, dy);
    if (context.wants(1)) context.setReduced(1, context.where(condition, dy, zero));
    if (context.wants(2)) context.setReduced(2, context.where(condition, zero, dy));
    return {};
}

}  // namespace

Op whereOp() {
    return {.name = "Where",
            .sinceVersion = 16,
            .family = Family::elementwise,
            .summary = "y = a where the condition holds, else b",
            .inputs = {{"condition", kBool}, {"X", kAnyType, "T"}, {"Y", kAnyType, "T"}},
            .outputs = {{"output", kAnyType, "T"}},
            .attributes = {},
            .infer = infer,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
