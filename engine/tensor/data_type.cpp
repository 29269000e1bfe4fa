#include "engine/tensor/data_type.h"

#include <array>

namespace lathe::tensor {
namespace {

struct Row {
    std::string_view name;
    int bits;
    char kind;  // f float, s signed, u unsigned, - other
};

constexpr std::array<Row, kDataTypeCount> kRows = {{
    {"undefined", 0, '-'},      {"float32", 32, 'f'},   {"uint8", 8, 'u'},
    {"int8", 8, 's'},           {"uint16", 16, 'u'},    {"int16", 16, 's'},
    {"int32", 32, 's'},         {"int64", 64, 's'},     {"string", 0, '-'},
    {"bool", 8, '-'},           {"float16", 16, 'f'},   {"float64", 64, 'f'},
    {"uint32", 32, 'u'},        {"uint64", 64, 'u'},    {"complex64", 64, '-'},
    {"complex128", 128, '-'},   {"bfloat16", 16, 'f'},  {"float8e4m3fn", 8, 'f'},
    {"float8e4m3fnuz", 8, 'f'}, {"float8e5m2", 8, 'f'}, {"float8e5m2fnuz", 8, 'f'},
    {"uint4", 4, 'u'},          {"int4", 4, 's'},       {"float4e2m1", 4, 'f'},
    {"float8e8m0", 8, 'f'},     {"uint2", 2, 'u'},      {"int2", 2, 's'},
}};

const Row& row(DataType type) {
    return kRows[static_cast<size_t>(type) < kRows.size() ? static_cast<size_t>(type) : 0];
}

}  // namespace

std::string_view name(DataType type) { return row(type).name; }

std::optional<DataType> dataTypeFromName(std::string_view name) {
    for (size_t i = 1; i < kRows.size(); ++i)
        if (kRows[i].name == name) return static_cast<DataType>(i);
    return {};
}

int bitWidth(DataType type) { return row(type).bits; }
bool isFloat(DataType type) { return row(type).kind == 'f'; }
bool isInteger(DataType type) { return row(type).kind == 's' || row(type).kind == 'u'; }
bool isSigned(DataType type) { return row(type).kind == 's' || row(type).kind == 'f'; }

}  // namespace lathe::tensor
