// Operands of the integer convolutions and products: x, its scale and zero point, w, its scale and zero
// point, the result's scale and zero point, an int32 bias, as inputs 0 to 8 of the node (the layout of
// QLinearConv).
//
//   y = saturate(round_to_even(f32(sum + bias) * f32(xScale * wScale / yScale)) + yZero)
#pragma once

#include <optional>

#include "engine/kernels/cpu/gemm.h"
#include "engine/kernels/cpu/support_site.h"

namespace lathe::kernels {

struct IntegerOperands {
    int32_t xZero = 0, yZero = 0;
    bool xSigned = false;
    std::vector<int32_t> wZeros;  // one an output channel
    std::vector<float> scales;    // one an output channel
    std::vector<int32_t> biases;  // one an output channel
    int32_t low = 0, high = 0;    // of the result's codes; a fused activation narrows them
};

// Nothing unless all parameters are known and fit `channels` output channels.
std::optional<IntegerOperands> integerOperands(const Site& site, int64_t channels);

// Pairs a[j*step] - zero and b[j*step] - zero as two 16-bit values, the first in the low half; b may be null
// for zeros.
void pairBytes(const uint8_t* a, const uint8_t* b, int64_t count, int64_t step, int32_t zero, bool isSigned,
               int32_t* pairs);

// Weights of one group as panels of A: value(row, k) with the zero point taken away, k in pairs.
template <typename Value>
void packRowPairs(int64_t rows, int64_t pairs, int64_t panel, Value value, int32_t* out) {
    for (int64_t first = 0; first < rows; first += panel)
        for (int64_t p = 0; p < pairs; ++p)
            for (int64_t r = first; r < first + panel; ++r) {
                const int32_t low = r < rows ? value(r, 2 * p) : 0, high = r < rows ? value(r, 2 * p + 1) : 0;
                *out++ = static_cast<int32_t>((static_cast<uint32_t>(high) << 16) |
                                              (static_cast<uint32_t>(low) & 0xffffu));
            }
}

}  // namespace lathe::kernels
