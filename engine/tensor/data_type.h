// Element types, numbered as in the ONNX standard (TensorProto.DataType).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "engine/tensor/small_floats.h"

namespace lathe::tensor {

enum class DataType : uint8_t {
    undefined = 0,
    float32 = 1,
    uint8 = 2,
    int8 = 3,
    uint16 = 4,
    int16 = 5,
    int32 = 6,
    int64 = 7,
    string = 8,
    boolean = 9,
    float16 = 10,
    float64 = 11,
    uint32 = 12,
    uint64 = 13,
    complex64 = 14,
    complex128 = 15,
    bfloat16 = 16,
    float8e4m3fn = 17,
    float8e4m3fnuz = 18,
    float8e5m2 = 19,
    float8e5m2fnuz = 20,
    uint4 = 21,
    int4 = 22,
    float4e2m1 = 23,
    float8e8m0 = 24,
    uint2 = 25,
    int2 = 26,
};

inline constexpr int kDataTypeCount = 27;

// "float32", "int8", "bool", ...: the name in the text form, messages and the window.
std::string_view name(DataType type);
std::optional<DataType> dataTypeFromName(std::string_view name);
// Bits one element takes in storage: 2 and 4 for the packed types. 0 for string and undefined.
int bitWidth(DataType type);
bool isFloat(DataType type);    // any floating-point type
bool isInteger(DataType type);  // signed or unsigned, not bool
bool isSigned(DataType type);
inline bool isPacked(DataType type) { return bitWidth(type) == 4 || bitWidth(type) == 2; }

// The element type of a C++ type; bool has one byte.
template <typename T>
constexpr DataType dataTypeOf() {
    if constexpr (std::is_same_v<T, float>)
        return DataType::float32;
    else if constexpr (std::is_same_v<T, double>)
        return DataType::float64;
    else if constexpr (std::is_same_v<T, Float16>)
        return DataType::float16;
    else if constexpr (std::is_same_v<T, BFloat16>)
        return DataType::bfloat16;
    else if constexpr (std::is_same_v<T, bool>)
        return DataType::boolean;
    else if constexpr (std::is_same_v<T, int8_t>)
        return DataType::int8;
    else if constexpr (std::is_same_v<T, int16_t>)
        return DataType::int16;
    else if constexpr (std::is_same_v<T, int32_t>)
        return DataType::int32;
    else if constexpr (std::is_same_v<T, int64_t>)
        return DataType::int64;
    else if constexpr (std::is_same_v<T, uint8_t>)
        return DataType::uint8;
    else if constexpr (std::is_same_v<T, uint16_t>)
        return DataType::uint16;
    else if constexpr (std::is_same_v<T, uint32_t>)
        return DataType::uint32;
    else if constexpr (std::is_same_v<T, uint64_t>)
        return DataType::uint64;
    else if constexpr (std::is_same_v<T, std::string>)
        return DataType::string;
    else
        return DataType::undefined;
}

}  // namespace lathe::tensor
