#include "engine/ops/support_reals.h"

#include <algorithm>
#include <cassert>
#include <type_traits>

#include "engine/tensor/visit_type.h"

namespace lathe::ops {

Reals reals(const tensor::Tensor& tensor) {
    Reals result;
    const auto widen = [&](auto tag) {
        using T = typename decltype(tag)::type;
        const auto values = tensor.values<T>();
        result.resize(values.size());
        std::transform(values.begin(), values.end(), result.begin(), [](T value) {
            if constexpr (std::is_arithmetic_v<T>)
                return static_cast<double>(value);
            else
                return static_cast<double>(static_cast<float>(value));
        });
        return true;
    };
    if (!tensor::visitNumbers(tensor.type(), widen, false)) result = tensor::toReals(tensor);
    return result;
}

Reals realsOr(const EvalContext& context, size_t i, int64_t count, double otherwise) {
    return context.has(i) ? reals(context.in(i)) : Reals(static_cast<size_t>(count), otherwise);
}

void store(std::span<const double> values, tensor::Tensor& out) {
    assert(static_cast<int64_t>(values.size()) == out.elementCount());
    const auto round = [&](auto tag) {
        using T = typename decltype(tag)::type;
        const auto target = out.mutableValues<T>();
        std::transform(values.begin(), values.end(), target.begin(),
                       [](double value) { return static_cast<T>(value); });
        return true;
    };
    const bool known = tensor::visitNumbers(out.type(), round, false);
    assert(known && "store() writes number types only");
    (void)known;
}

base::Status setReals(EvalContext& context, size_t i, tensor::DataType type, tensor::Dimensions shape,
                      std::span<const double> values) {
    if (!context.wants(i)) return {};
    auto out = context.allocate(type, shape);
    if (!out) return out.error();
    store(values, *out);
    context.set(i, std::move(*out));
    return {};
}

base::Result<int64_t> oneInteger(const EvalContext& context, size_t i, std::string_view what) {
    if (context.in(i).elementCount() != 1)
        return context.error("{} has {} items, expected 1", what, context.in(i).elementCount());
    return context.in(i).integerAt(0);
}

base::Result<double> oneReal(const EvalContext& context, size_t i, std::string_view what) {
    if (context.in(i).elementCount() != 1)
        return context.error("{} has {} items, expected 1", what, context.in(i).elementCount());
    return context.in(i).realAt(0);
}

base::Status checkSize(const EvalContext& context, tensor::Dimensions shape) {
    constexpr uint64_t kLargest = uint64_t{1} << 31;  // elements, as doubles 16 GB
    const auto count = tensor::checkedElementCount(shape);
    if (!count || static_cast<uint64_t>(*count) > kLargest)
        return context.error("the result {} is too large. Check the sizes the model computes.",
                             tensor::toString(shape));
    return {};
}

}  // namespace lathe::ops
