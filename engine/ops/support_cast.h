// Conversion between element types as the Cast operator defines it.
#pragma once

#include <string_view>

#include "engine/base/result.h"
#include "engine/tensor/tensor.h"

namespace lathe::ops {

struct CastRules {
    bool saturate = true;               // to 8-bit floats: out of range becomes the largest finite value
    std::string_view roundMode = "up";  // to float8e8m0: up, down, nearest
};

// True for the types that can be cast from and to: numbers of every width, bool, string.
bool castable(tensor::DataType type);

// Fills `out` (same shape) with the converted elements. Reals lose their fraction on the way to integers and
// go to the nearest end of the range where they do not fit (the standard leaves that open; 4-bit and 2-bit
// integers keep their low bits instead); integers lose
// their high bits. An error names the text that is no number.
base::Status castElements(const tensor::Tensor& in, tensor::Tensor& out, const CastRules& rules);

}  // namespace lathe::ops
