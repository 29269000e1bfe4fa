// If: runs one of two bodies; both see the values around them.
#include "engine/ops/op.h"
#include "engine/ops/support_control.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    // A condition known before the run leaves one body to look at.
    const auto* condition = context.constant(0);
    const bool decided = condition && condition->elementCount() == 1;
    std::optional<std::vector<ir::ValueType>> results;
    std::optional<base::Error> failed;
    for (const std::string_view branch : {"then_branch", "else_branch"}) {
        const bool possible = !decided || (condition->integerAt(0) != 0) == (branch == "then_branch");
        const auto types = context.inferBody(branch, {});
        if (!types) {
            // A body that cannot run is never the one taken by a run that ends well: exporters write such
            // guards for ranks that do not occur.
            if (possible && failed) return *failed;
            if (decided && possible) return types.error();
            if (possible) failed = types.error();
            continue;
        }
        if (types->size() != context.outputCount())
            return context.error("{} has {} outputs, the node has {}", branch, types->size(),
                                 context.outputCount());
        if (!possible) continue;
        for (size_t i = 0; results && i < types->size(); ++i)
            (*results)[i] = joined((*results)[i], (*types)[i]);
        if (!results) results = *types;
    }
    for (size_t i = 0; results && i < results->size(); ++i) context.setOutput(i, (*results)[i]);
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& condition = context.in(0);
    if (condition.elementCount() != 1)
        return context.error("the condition has {} elements, expected 1", condition.elementCount());
    auto results = context.runBody(condition.integerAt(0) != 0 ? "then_branch" : "else_branch", {});
    if (!results) return results.error();
    if (results->size() != context.outputCount())
        return context.error("the body gives {} values, the node has {} outputs", results->size(),
                             context.outputCount());
    for (size_t i = 0; i < results->size(); ++i) context.set(i, std::move((*results)[i]));
    return {};
}

}  // namespace

Op ifOp() {
    return {.name = "If",
            .sinceVersion = 25,
            .family = Family::control,
            .summary = "outputs of then_branch where the condition holds, else of else_branch",
            .inputs = {{"cond", kBool}},
            .outputs = {{"outputs", kAnyType, {}, Presence::variadic}},
            .attributes = {},
            .otherAttributes = {"then_branch", "else_branch"},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
