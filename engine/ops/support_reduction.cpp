#include "engine/ops/support_reduction.h"

#include "engine/ops/gradient_context.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_walk.h"

namespace lathe::ops {

base::Status inferReduction(InferContext& context) {
    const bool keep = context.attributes().integer("keepdims", 1) != 0;
    const bool noop = context.attributes().integer("noop_with_empty_axes", 0) != 0;
    const auto* shape = context.shape(0);
    std::optional<std::vector<int64_t>> axes = std::vector<int64_t>{};
    if (context.has(1)) axes = knownIntegers(context, 1);
    if (!shape) {
        // All axes go, whatever the rank.
        const bool scalar = axes && axes->empty() && !noop && !keep;
        context.setOutput(0, context.element(0), scalar ? std::optional(ir::SymbolicShape{}) : std::nullopt);
        return {};
    }
    if (!axes) {
        context.setOutput(0, context.element(0),
                          keep ? std::optional(unknownShape(shape->size())) : std::nullopt);
        return {};
    }
    const auto flags = axisFlags(context, *axes, static_cast<int64_t>(shape->size()), !noop);
    if (!flags) return flags.error();
    ir::SymbolicShape result;
    for (size_t i = 0; i < shape->size(); ++i)
        if (!(*flags)[i])
            result.push_back((*shape)[i]);
        else if (keep)
            result.push_back(1);
    context.setOutput(0, context.element(0), std::move(result));
    return {};
}

base::Status inferReductionOfContents(InferContext& context, DimOperation operation) {
    if (auto ok = inferReduction(context); !ok) return ok;
    const auto contents = context.contents(0);
    const bool reduces =
        !context.has(1) || (knownIntegers(context, 1) && !knownIntegers(context, 1)->empty());
    if (!contents || contents->empty() || !reduces || !context.shape(0) || context.shape(0)->size() != 1 ||
        context.attributes().integer("noop_with_empty_axes", 0) != 0)
        return {};
    ir::Dim value = contents->front();
    for (size_t i = 1; i < contents->size(); ++i) value = operation(value, (*contents)[i]);
    context.setContents(0, {value});
    return {};
}

base::Result<Reduction> planReduction(const EvalContext& context) {
    const auto& x = context.in(0);
    const bool keep = context.attributes().integer("keepdims", 1) != 0;
    const bool noop = context.attributes().integer("noop_with_empty_axes", 0) != 0;
    const auto axes = integersOf(context, 1);
    const auto flags = axisFlags(context, axes, x.rank(), !noop);
    if (!flags) return flags.error();
    Reduction plan;
    const auto steps = tensor::strides(x.shape());
    for (size_t i = 0; i < flags->size(); ++i) {
        const auto d = x.shape()[i];
        if (!(*flags)[i]) {
            plan.shape.push_back(d);
            plan.keptShape.push_back(d);
            plan.keptSteps.push_back(steps[i]);
        } else {
            if (keep) plan.shape.push_back(1);
            plan.laneShape.push_back(d);
            plan.laneSteps.push_back(steps[i]);
        }
    }
    // An input without elements may have lanes whose length does not fit: none of them is read.
    plan.laneLength = tensor::checkedElementCount(plan.laneShape).value_or(0);
    return plan;
}

template <typename W>
base::Status reduceAs(EvalContext& context, base::FunctionRef<W(std::span<const W>)> reduce) {
    const auto& x = context.in(0);
    const auto plan = planReduction(context);
    if (!plan) return plan.error();
    auto y = context.allocate(x.type(), plan->shape);
    if (!y) return y.error();
    const auto values = widened<W>(x);
    std::vector<W> results(static_cast<size_t>(y->elementCount()));
    // x without elements: every lane is empty or there is none.
    std::vector<W> lane(x.empty() ? 0 : static_cast<size_t>(plan->laneLength));
    Walk start(plan->keptShape, plan->keptSteps);
    for (auto& result : results) {
        Walk inside(plan->laneShape, plan->laneSteps, start.index());
        for (auto& item : lane) {
            item = values[static_cast<size_t>(inside.index())];
            inside.next();
        }
        result = reduce(lane);
        start.next();
    }
    narrow<W>(results, *y);
    context.set(0, std::move(*y));
    return {};
}
template base::Status reduceAs<double>(EvalContext&, base::FunctionRef<double(std::span<const double>)>);
template base::Status reduceAs<int64_t>(EvalContext&, base::FunctionRef<int64_t(std::span<const int64_t>)>);
template base::Status reduceAs<uint64_t>(EvalContext&,
                                         base::FunctionRef<uint64_t(std::span<const uint64_t>)>);

ir::ValueId keptAxes(GradientContext& context, ir::ValueId value) {
    // A value of rank 0 broadcasts as it is, so axes are missed only where some are given.
    if (context.attributes().integer("keepdims", 1) != 0 || !context.has(1)) return value;
    return context.emit("Unsqueeze", {value, context.input(1)});
}

Op reductionOp(std::string_view name, int sinceVersion, std::string_view summary, TypeSet types,
               base::Status (*infer)(InferContext&), base::Status (*evaluate)(EvalContext&),
               base::Status (*gradient)(GradientContext&)) {
    return {.name = name,
            .sinceVersion = sinceVersion,
            .family = Family::pooling,
            .summary = summary,
            .inputs = {{"data", types, "T"}, {"axes", kInt64, {}, Presence::optional}},
            .outputs = {{"reduced", types, "T"}},
            .attributes = {flagAttribute("keepdims", 1, "keep each reduced dimension with size 1"),
                           flagAttribute("noop_with_empty_axes", 0,
                                         "without axes: 0 reduces over all, 1 over none")},
            .infer = infer,
            .cost = reductionCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
