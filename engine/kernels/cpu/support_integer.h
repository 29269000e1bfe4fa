// Operands of the integer convolutions and products: x, its scale and zero point, w, its scale and zero
// point, the result's scale and zero point, an int32 bias, as inputs 0 to 8 of the node (the layout of
// QLinearConv).
//
//   y = saturate(round_to_even(f32(sum + bias) * f32(xScale * wScale / yScale)) + yZero)
//
// A fused node may add a residual of codes: inputs 9 to 11 are the codes, their scale and zero point, 12 and
// 13 the scale and zero point of the sum, whose codes the attributes `sum_low` and `sum_high` narrow. A fused
// product without yScale makes float numbers: f32(sum + bias) * f32(xScale * wScale).
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

bool isByte(tensor::DataType type);
// The one number in a known scale or zero point; an omitted zero point is 0.
std::optional<float> scaleOf(const Site& site, size_t input);
std::optional<int32_t> zeroOf(const Site& site, size_t input);
// Neither so small nor so large that quotients by it are not what their reciprocals say.
inline bool divides(float scale) { return scale > 1e-30f && scale < 1e30f; }

// How sums become codes: all of ByteFinish but its pointers. Nothing when the residual's parameters are not
// known or its codes do not have the shape of the result.
std::optional<ByteFinish> integerFinish(const Site& site, const IntegerOperands& operands);

// See ByteFinish::sumFactor: found by trying all pairs of codes.
float sumFactor(const ByteFinish& finish);

// Weights (input 3) less their zero point, when they fit a signed byte.
bool weightsFitBytes(const Site& site);
std::vector<int8_t> signedWeights(const Site& site);

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
