// The affine map between numbers and codes, as in ONNX QuantizeLinear:
//   q = saturate(rne(x / scale) + zero),   x' = scale * (q - zero)      rne: round half to even
#pragma once

#include <cstdint>
#include <span>

#include "engine/tensor/data_type.h"
#include "engine/tensor/tensor.h"

namespace lathe::compress::quantize {

struct Range {
    float low = 0, high = 0;
};

struct Codes {
    int64_t lowest = -128, highest = 127;
};
Codes codesOf(tensor::DataType type);  // int8 or uint8

struct Affine {
    float scale = 1;
    int64_t zero = 0;
    tensor::DataType type = tensor::DataType::int8;
    friend bool operator==(const Affine&, const Affine&) = default;
};

// The range is widened to include 0, so that 0 is exact. Symmetric int8 uses codes -127 to 127 with zero 0,
// symmetric uint8 puts zero at 128. A range of width 0 gives scale 1 and zero 0 (or the code nearest to it).
Affine affineFor(Range range, tensor::DataType type, bool symmetric);

int64_t quantized(float x, const Affine& affine);
float dequantized(int64_t code, const Affine& affine);
// Numbers as a tensor of codes with one scale.
tensor::Tensor quantizedTensor(std::span<const float> numbers, tensor::Dimensions shape,
                               const Affine& affine);

}  // namespace lathe::compress::quantize
