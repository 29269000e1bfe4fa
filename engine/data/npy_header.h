// The header of a .npy file: a Python dictionary literal with the keys descr, fortran_order and shape.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/tensor/data_type.h"
#include "engine/tensor/shape.h"

namespace lathe::data {

struct NpyHeader {
    std::string descr;  // "<f4", "|u1"
    bool fortranOrder = false;
    tensor::Shape shape;
};

// Nothing when the text is not such a dictionary.
std::optional<NpyHeader> parseNpyHeader(std::string_view text);
std::string formatNpyHeader(const NpyHeader& header);

struct NpyType {
    tensor::DataType type = tensor::DataType::undefined;
    bool bigEndian = false;
};
// Nothing for types that are not plain numbers.
std::optional<NpyType> npyTypeFromDescr(std::string_view descr);
// Empty for types NumPy does not have.
std::string descrOf(tensor::DataType type);

}  // namespace lathe::data
