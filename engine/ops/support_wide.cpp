#include "engine/ops/support_wide.h"

#include <cassert>
#include <cmath>
#include <limits>

namespace lathe::ops {
namespace {

template <typename T, typename W>
T narrowed(W value) {
    if constexpr (std::is_floating_point_v<W> && std::is_integral_v<T> && !std::is_same_v<T, bool>) {
        if (std::isnan(value)) return 0;
        // Both ends as reals: the upper one is a power of two, one beyond the range.
        const W upper = std::ldexp(W(1), std::numeric_limits<T>::digits);
        const W lower = std::is_signed_v<T> ? -upper : W(0);
        if (value >= upper) return std::numeric_limits<T>::max();
        if (value < lower) return std::numeric_limits<T>::min();
    }
    return static_cast<T>(value);
}

template <typename Visit>
void visitNumbersAndBool(tensor::DataType type, Visit&& visit) {
    const auto run = [&](auto tag) {
        visit(tag);
        return true;
    };
    [[maybe_unused]] const bool known = type == tensor::DataType::boolean
                                            ? run(tensor::TypeTag<bool>{})
                                            : tensor::visitNumbers(type, run, false);
    assert(known && "not a number type");
}

}  // namespace

template <typename W>
std::vector<W> widened(const tensor::Tensor& tensor) {
    std::vector<W> result;
    visitNumbersAndBool(tensor.type(), [&](auto tag) {
        using T = typename decltype(tag)::type;
        const auto values = tensor.values<T>();
        result.resize(values.size());
        for (size_t i = 0; i < values.size(); ++i) {
            if constexpr (std::is_same_v<T, tensor::Float16> || std::is_same_v<T, tensor::BFloat16>)
                result[i] = narrowed<W>(static_cast<float>(values[i]));
            else
                result[i] = narrowed<W>(values[i]);
        }
    });
    return result;
}
template std::vector<double> widened(const tensor::Tensor&);
template std::vector<int64_t> widened(const tensor::Tensor&);
template std::vector<uint64_t> widened(const tensor::Tensor&);

template <typename W>
void narrow(std::span<const W> values, tensor::Tensor& out) {
    assert(static_cast<int64_t>(values.size()) == out.elementCount());
    visitNumbersAndBool(out.type(), [&](auto tag) {
        using T = typename decltype(tag)::type;
        const auto to = out.mutableValues<T>();
        for (size_t i = 0; i < values.size(); ++i) to[i] = narrowed<T>(values[i]);
    });
}
template void narrow(std::span<const double>, tensor::Tensor&);
template void narrow(std::span<const int64_t>, tensor::Tensor&);
template void narrow(std::span<const uint64_t>, tensor::Tensor&);

namespace {

template <typename W>
W limitOf(tensor::DataType type, bool highest) {
    if constexpr (std::is_floating_point_v<W>) {
        return highest ? std::numeric_limits<W>::infinity() : -std::numeric_limits<W>::infinity();
    } else {
        W limit = 0;
        visitNumbersAndBool(type, [&](auto tag) {
            using T = typename decltype(tag)::type;
            if constexpr (std::is_integral_v<T>)
                limit =
                    static_cast<W>(highest ? std::numeric_limits<T>::max() : std::numeric_limits<T>::min());
        });
        return limit;
    }
}

}  // namespace

template <typename W>
W lowestOf(tensor::DataType type) {
    return limitOf<W>(type, false);
}
template <typename W>
W highestOf(tensor::DataType type) {
    return limitOf<W>(type, true);
}
template double lowestOf<double>(tensor::DataType);
template int64_t lowestOf<int64_t>(tensor::DataType);
template uint64_t lowestOf<uint64_t>(tensor::DataType);
template double highestOf<double>(tensor::DataType);
template int64_t highestOf<int64_t>(tensor::DataType);
template uint64_t highestOf<uint64_t>(tensor::DataType);

}  // namespace lathe::ops
