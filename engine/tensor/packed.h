// Access to types that are narrower than a byte and to 8-bit and 4-bit floats, by element index.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/tensor/data_type.h"

namespace lathe::tensor {

// Element `index` of packed storage, lowest bits first (ONNX: two 4-bit or four 2-bit elements a byte),
// without sign.
uint8_t packedBits(std::span<const std::byte> bytes, int bits, int64_t index);
void setPackedBits(std::span<std::byte> bytes, int bits, int64_t index, uint8_t value);

// The value of an 8-bit or 4-bit floating-point code (ONNX "Float stored in 8 bits", OCP MX v1.0).
float floatFromCode(DataType type, uint8_t code);
// The nearest code, ties to even. `saturate`: out of range goes to the largest finite value instead of NaN or
// infinity.
uint8_t codeFromFloat(DataType type, float value, bool saturate);

}  // namespace lathe::tensor
