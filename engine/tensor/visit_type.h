// Calls a generic function with the C++ type of an element type.
#pragma once

#include "engine/tensor/data_type.h"

namespace lathe::tensor {

template <typename T>
struct TypeTag {
    using type = T;
};

// visit(TypeTag<float>{}) and so on for each listed type; returns `otherwise` for any other.
//   visitTypes<float, double>(t.type(), [&](auto tag) { using T = typename decltype(tag)::type; ...; return
//   true; }, false)
template <typename... Ts, typename Visit, typename R>
R visitTypes(DataType type, Visit&& visit, R otherwise) {
    R result = otherwise;
    (void)((dataTypeOf<Ts>() == type && (result = visit(TypeTag<Ts>{}), true)) || ...);
    return result;
}

template <typename Visit, typename R>
R visitNumbers(DataType type, Visit&& visit, R otherwise) {
    return visitTypes<float, double, Float16, BFloat16, int8_t, int16_t, int32_t, int64_t, uint8_t, uint16_t,
                      uint32_t, uint64_t>(type, visit, otherwise);
}

// Every type with one C++ object an element: numbers, bool, string.
template <typename Visit, typename R>
R visitAll(DataType type, Visit&& visit, R otherwise) {
    return visitTypes<float, double, Float16, BFloat16, int8_t, int16_t, int32_t, int64_t, uint8_t, uint16_t,
                      uint32_t, uint64_t, bool, std::string>(type, visit, otherwise);
}

}  // namespace lathe::tensor
