#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

template <typename T, typename Function>
base::Status combineAs(EvalContext& context, Function function) {
    const auto &a = context.in(0), &b = context.in(1);
    const auto shape = broadcastInputs(context);
    if (!shape) return shape.error();
    auto y = context.allocate(tensor::DataType::boolean, *shape);
    if (!y) return y.error();
    const auto left = a.values<T>(), right = b.values<T>();
    Walk i(*shape, broadcastSteps(a.shape(), *shape)), j(*shape, broadcastSteps(b.shape(), *shape));
    for (auto& value : y->template mutableValues<bool>()) {
        value = function(left[static_cast<size_t>(i.index())], right[static_cast<size_t>(j.index())]);
        i.next(), j.next();
    }
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

base::Status mapReals(EvalContext& context, base::FunctionRef<double(double)> function) {
    const auto& x = context.in(0);
    auto y = context.allocate(x.type(), x.shape());
    if (!y) return y.error();
    auto values = widened<double>(x);
    for (auto& value : values) value = function(value);
    narrow<double>(values, *y);
    context.set(0, std::move(*y));
    return {};
}

base::Status testReals(EvalContext& context, base::FunctionRef<bool(double)> function) {
    const auto& x = context.in(0);
    auto y = context.allocate(tensor::DataType::boolean, x.shape());
    if (!y) return y.error();
    const auto out = y->mutableValues<bool>();
    for (size_t i = 0; i < out.size(); ++i) out[i] = function(x.realAt(static_cast<int64_t>(i)));
    context.set(0, std::move(*y));
    return {};
}

base::Status combineBools(EvalContext& context, base::FunctionRef<bool(bool, bool)> function) {
    return combineAs<bool>(context, function);
}

base::Status compareStrings(EvalContext& context,
                            base::FunctionRef<bool(const std::string&, const std::string&)> function) {
    return combineAs<std::string>(context, function);
}

}  // namespace lathe::ops
