// Plain evaluations compute in the widest type of each kind (double, int64, uint64) and bring the result back
// at the end: floats round once, integers wrap around. For + - * / and sqrt of the narrower floats that is
// exactly the correctly rounded result (double has more than twice their digits plus two).
#pragma once

#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

#include "engine/tensor/tensor.h"
#include "engine/tensor/visit_type.h"

namespace lathe::ops {

// The elements widened to W: double, int64_t or uint64_t. Any number type or bool.
template <typename W>
std::vector<W> widened(const tensor::Tensor& tensor);
extern template std::vector<double> widened(const tensor::Tensor&);
extern template std::vector<int64_t> widened(const tensor::Tensor&);
extern template std::vector<uint64_t> widened(const tensor::Tensor&);

// Brings the values back to the element type of `out`, which must have as many elements. A real that does not
// fit an integer type goes to the nearest end of its range, NaN to 0.
template <typename W>
void narrow(std::span<const W> values, tensor::Tensor& out);
extern template void narrow(std::span<const double>, tensor::Tensor&);
extern template void narrow(std::span<const int64_t>, tensor::Tensor&);
extern template void narrow(std::span<const uint64_t>, tensor::Tensor&);

// visit(TypeTag<W>{}) with the wide type of an element type; bool counts as unsigned.
template <typename Visit>
auto visitWide(tensor::DataType type, Visit&& visit) {
    if (tensor::isFloat(type)) return visit(tensor::TypeTag<double>{});
    if (tensor::isSigned(type)) return visit(tensor::TypeTag<int64_t>{});
    return visit(tensor::TypeTag<uint64_t>{});
}

// The smallest and greatest value of an element type, infinities for floats.
template <typename W>
W lowestOf(tensor::DataType type);
template <typename W>
W highestOf(tensor::DataType type);
extern template double lowestOf<double>(tensor::DataType);
extern template int64_t lowestOf<int64_t>(tensor::DataType);
extern template uint64_t lowestOf<uint64_t>(tensor::DataType);
extern template double highestOf<double>(tensor::DataType);
extern template int64_t highestOf<int64_t>(tensor::DataType);
extern template uint64_t highestOf<uint64_t>(tensor::DataType);

// Arithmetic that wraps around instead of overflowing.
template <typename W>
W wrappingAdd(W a, W b) {
    if constexpr (std::is_integral_v<W>)
        return static_cast<W>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
    else
        return a + b;
}
template <typename W>
W wrappingSubtract(W a, W b) {
    if constexpr (std::is_integral_v<W>)
        return static_cast<W>(static_cast<uint64_t>(a) - static_cast<uint64_t>(b));
    else
        return a - b;
}
template <typename W>
W wrappingMultiply(W a, W b) {
    if constexpr (std::is_integral_v<W>)
        return static_cast<W>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b));
    else
        return a * b;
}
// The smaller and the greater; NaN wins over every number.
template <typename W>
W smaller(W a, W b) {
    return a != a || a < b ? a : b;
}
template <typename W>
W greater(W a, W b) {
    return a != a || a > b ? a : b;
}

}  // namespace lathe::ops
