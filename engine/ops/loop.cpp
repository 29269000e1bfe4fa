// Loop: runs a body again and again, at most M times and as long as its condition holds. The body takes
// (iteration, condition, carried values) and gives (condition, carried values, scan outputs); scan outputs
// are stacked over the iterations.
#include <algorithm>

#include "engine/ops/check.h"
#include "engine/ops/op.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_control.h"

namespace lathe::ops {
namespace {

using tensor::DataType;

base::Status infer(InferContext& context) {
    if (context.inputCount() < 2) return context.error("needs the inputs M and cond, either may be empty");
    const size_t carried = context.inputCount() - 2;
    std::vector<ir::ValueType> types{ir::ValueType::tensorOf(DataType::int64, ir::SymbolicShape{}),
                                     ir::ValueType::tensorOf(DataType::boolean, ir::SymbolicShape{})};
    for (size_t i = 0; i < carried; ++i) types.push_back(context.type(i + 2));
    // What an iteration gives is what the next one takes: loosen the types until they hold for both.
    std::vector<ir::ValueType> results;
    for (int round = 0; round < 4; ++round) {
        auto given = context.inferBody("body", types);
        if (!given) return given.error();
        results = std::move(*given);
        if (results.size() < carried + 1 || results.size() - 1 < context.outputCount())
            return context.error("the body gives {} values, expected at least {}", results.size(),
                                 std::max(carried, context.outputCount()) + 1);
        bool stable = true;
        for (size_t i = 0; i < carried; ++i) {
            auto both = joined(types[i + 2], results[i + 1]);
            if (round == 2 && !(both == types[i + 2])) both.shape.reset();
            stable = stable && both == types[i + 2];
            types[i + 2] = std::move(both);
        }
        if (stable) break;
    }
    for (size_t i = 0; i < carried; ++i) context.setOutput(i, types[i + 2]);
    // Only a fixed count without an early end is known before the run.
    const auto count = context.contents(0);
    const auto* condition = context.constant(1);
    const bool runsAll = count && count->size() == 1 && !context.has(1);
    for (size_t i = carried; i < context.outputCount(); ++i) {
        auto type = results[i + 1];
        if (type.shape)
            type.shape->insert(type.shape->begin(),
                               runsAll && !condition ? max((*count)[0], ir::Dim(0))
                                                     : context.freshDim(fmt::format("steps{}", i - carried)));
        context.setOutput(i, std::move(type));
    }
    return {};
}

base::Status evaluate(EvalContext& context) {
    if (context.inputCount() < 2) return context.error("needs the inputs M and cond, either may be empty");
    const size_t carried = context.inputCount() - 2;
    const auto limit = integerOf(context, 0, "M", INT64_MAX);
    const auto start = integerOf(context, 1, "cond", 1);
    if (!limit) return limit.error();
    if (!start) return start.error();
    if (context.outputCount() < carried)
        return context.error("has {} outputs for {} carried values", context.outputCount(), carried);
    std::vector<tensor::RuntimeValue> values;
    for (size_t i = 0; i < carried; ++i) {
        if (!context.has(i + 2)) return context.error("carried value {} is missing", i);
        values.push_back(context.value(i + 2));
    }
    std::vector<std::vector<tensor::Tensor>> scans(context.outputCount() - carried);
    bool goOn = *start != 0;
    for (int64_t iteration = 0; goOn && iteration < *limit; ++iteration) {
        if (auto ok = context.progress().check(); !ok) return ok;
        std::vector<tensor::RuntimeValue> inputs{tensor::Tensor::scalar(iteration),
                                                 tensor::Tensor::scalar(true)};
        inputs.insert(inputs.end(), values.begin(), values.end());
        auto results = context.runBody("body", std::move(inputs));
        if (!results) return results.error();
        if (results->size() < 1 + carried + scans.size())
            return context.error("the body gives {} values, expected {}", results->size(),
                                 1 + carried + scans.size());
        const auto* condition = results->front().tensor();
        if (!condition || condition->type() != DataType::boolean || condition->elementCount() != 1)
            return context.error("the body's first output is not one bool");
        goOn = condition->integerAt(0) != 0;
        for (size_t i = 0; i < carried; ++i) values[i] = std::move((*results)[i + 1]);
        for (size_t i = 0; i < scans.size(); ++i) {
            const auto* step = (*results)[1 + carried + i].tensor();
            if (!step) return context.error("scan output {} is no tensor", i);
            scans[i].push_back(step->aligned());
        }
    }
    for (size_t i = 0; i < carried; ++i) context.set(i, std::move(values[i]));
    for (size_t i = 0; i < scans.size(); ++i) {
        auto whole = stacked(context, scans[i], DataType::float32, 0, false);
        if (!whole) return whole.error();
        context.set(carried + i, std::move(*whole));
    }
    return {};
}

}  // namespace

Op loopOp() {
    return {.name = "Loop",
            .sinceVersion = 25,
            .family = Family::control,
            .summary = "carried values after the last iteration, scan outputs stacked",
            .inputs = {{"M", kInt64, {}, Presence::optional},
                       {"cond", kBool, {}, Presence::optional},
                       {"v_initial", kAnyValue, {}, Presence::variadic}},
            .outputs = {{"v_final_and_scan_outputs", kAnyValue, {}, Presence::variadic}},
            .attributes = {},
            .otherAttributes = {"body"},
            .infer = infer,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
