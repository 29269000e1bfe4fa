// Evaluation of elementwise ops: one function applied to every element, inputs broadcast.
#pragma once

#include "engine/base/function_ref.h"
#include "engine/ops/eval_context.h"
#include "engine/ops/support_walk.h"
#include "engine/ops/support_wide.h"

namespace lathe::ops {

// y = f(x) in double, rounded once; floating-point tensors.
base::Status mapReals(EvalContext& context, base::FunctionRef<double(double)> function);
// y = f(x) of bool type.
base::Status testReals(EvalContext& context, base::FunctionRef<bool(double)> function);
// y = f(a, b) on bools.
base::Status combineBools(EvalContext& context, base::FunctionRef<bool(bool, bool)> function);
// y = f(a, b) of bool type on strings.
base::Status compareStrings(EvalContext& context,
                            base::FunctionRef<bool(const std::string&, const std::string&)> function);

// y = f(x) in the wide type of the element type: `function` takes and gives double, int64_t or uint64_t.
template <typename Function>
base::Status mapNumbers(EvalContext& context, Function function) {
    const auto& x = context.in(0);
    auto y = context.allocate(x.type(), x.shape());
    if (!y) return y.error();
    visitWide(x.type(), [&](auto tag) {
        using W = typename decltype(tag)::type;
        auto values = widened<W>(x);
        for (auto& value : values) value = function(value);
        narrow<W>(values, *y);
    });
    context.set(0, std::move(*y));
    return {};
}

// y = f(a, b) with broadcasting, in the wide type.
template <typename Function>
base::Status combineNumbers(EvalContext& context, Function function) {
    const auto &a = context.in(0), &b = context.in(1);
    const auto shape = broadcastInputs(context);
    if (!shape) return shape.error();
    auto y = context.allocate(a.type(), *shape);
    if (!y) return y.error();
    visitWide(a.type(), [&](auto tag) {
        using W = typename decltype(tag)::type;
        const auto left = widened<W>(a), right = widened<W>(b);
        std::vector<W> values(static_cast<size_t>(y->elementCount()));
        Walk i(*shape, broadcastSteps(a.shape(), *shape)), j(*shape, broadcastSteps(b.shape(), *shape));
        for (auto& value : values) {
            value = function(left[static_cast<size_t>(i.index())], right[static_cast<size_t>(j.index())]);
            i.next(), j.next();
        }
        narrow<W>(values, *y);
    });
    context.set(0, std::move(*y));
    return {};
}

// y = f(a, b) of bool type with broadcasting, on numbers (in the wide type) and bools.
template <typename Function>
base::Status compareNumbers(EvalContext& context, Function function) {
    const auto &a = context.in(0), &b = context.in(1);
    const auto shape = broadcastInputs(context);
    if (!shape) return shape.error();
    auto y = context.allocate(tensor::DataType::boolean, *shape);
    if (!y) return y.error();
    visitWide(a.type(), [&](auto tag) {
        using W = typename decltype(tag)::type;
        const auto left = widened<W>(a), right = widened<W>(b);
        Walk i(*shape, broadcastSteps(a.shape(), *shape)), j(*shape, broadcastSteps(b.shape(), *shape));
        for (auto& value : y->template mutableValues<bool>()) {
            value = function(left[static_cast<size_t>(i.index())], right[static_cast<size_t>(j.index())]);
            i.next(), j.next();
        }
    });
    context.set(0, std::move(*y));
    return {};
}

// y = f(... f(f(x0, x1), x2) ...) over all inputs with broadcasting, in the wide type; `finish(value, n)`
// turns the fold of n inputs into the result.
template <typename Function, typename Finish>
base::Status foldNumbers(EvalContext& context, Function function, Finish finish) {
    const auto shape = broadcastInputs(context);
    if (!shape) return shape.error();
    auto y = context.allocate(context.in(0).type(), *shape);
    if (!y) return y.error();
    visitWide(y->type(), [&](auto tag) {
        using W = typename decltype(tag)::type;
        std::vector<W> values(static_cast<size_t>(y->elementCount()));
        for (size_t k = 0; k < context.inputCount(); ++k) {
            const auto& input = context.in(k);
            const auto items = widened<W>(input);
            Walk i(*shape, broadcastSteps(input.shape(), *shape));
            for (auto& value : values) {
                const W item = items[static_cast<size_t>(i.index())];
                value = k == 0 ? item : function(value, item);
                i.next();
            }
        }
        for (auto& value : values) value = finish(value, context.inputCount());
        narrow<W>(values, *y);
    });
    context.set(0, std::move(*y));
    return {};
}

// One operation for each input and element of the output.
inline Cost foldCost(const CostContext& context) {
    auto cost = trafficCost(context);
    cost.operations = static_cast<double>(context.inputs.size()) * context.outputElements();
    return cost;
}

}  // namespace lathe::ops
