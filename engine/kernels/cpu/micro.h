// The innermost loops, compiled once for each instruction set and chosen at the start.
//
// This header is seen by units that are compiled with wider instruction sets than the rest of the program, so
// it holds plain data only: an inline function here could end up with their instructions in everybody's
// program.
#pragma once

#include <cstdint>

namespace lathe::kernels {

enum class MicroFunction { exponential, sigmoid, tanh, erf, gelu, geluTanh, silu };

// One tile of C = A * B. A is read with two strides, so packed panels and plain matrices both work; B is in
// panels of `columns` of the micro-kernel, zero-filled behind the last column.
struct FloatTile {
    int64_t depth = 0;
    const float* a = nullptr;
    int64_t rowStride = 0, depthStride = 0;
    const float* b = nullptr;
    float* c = nullptr;
    int64_t cStride = 0;
    int64_t rows = 0, columns = 0;  // of this tile: at most those of the micro-kernel
    bool accumulate = false;        // add to what C holds
    bool finish = false;            // the last block of the depth: apply what follows
    const float* rowBias = nullptr;
    const float* columnBias = nullptr;
    const float* residual = nullptr;  // added before the clamp, stride as C
    float low = 0, high = 0;          // clamp
};

// One tile of integers: depth counts pairs of 16-bit values, A holds one 32-bit pair a row and step.
// y = saturate(round_to_even(float(sum + bias) * scale) + zero), each step rounded as written.
struct IntegerTile {
    int64_t depth = 0;
    const int32_t* a = nullptr;  // panel: [depth][rows of the micro-kernel]
    const int32_t* b = nullptr;  // panel: [depth][columns of the micro-kernel]
    int64_t rows = 0, columns = 0;
    int32_t* sums = nullptr;  // [rows][sumStride]
    int64_t sumStride = 0;
};

struct Requantize {
    const int32_t* sums = nullptr;
    int64_t count = 0;
    int32_t bias = 0;
    float scale = 0;
    const int32_t* biases = nullptr;  // one an element instead of `bias`
    const float* scales = nullptr;    // one an element instead of `scale`
    int32_t zero = 0, low = 0, high = 0;
    int8_t* output = nullptr;  // uint8 has the same bits
};

// One output row of a depthwise convolution over rows that are padded already.
struct DepthwiseRow {
    const float* input = nullptr;  // first tap of the first output
    int64_t inputStride = 0;       // between input rows of successive taps
    const float* weights = nullptr;
    int64_t kernelRows = 0, kernelColumns = 0, dilation = 1;
    int64_t stride = 1;
    float* output = nullptr;
    int64_t count = 0;
    float bias = 0, low = 0, high = 0;
};

struct Micro {
    int64_t rows = 0, columns = 0;
    void (*floatTile)(const FloatTile&) = nullptr;
    void (*integerTile)(const IntegerTile&) = nullptr;
    void (*requantize)(const Requantize&) = nullptr;
    void (*depthwiseRow)(const DepthwiseRow&) = nullptr;
    // Accurate to a few units in the last place; in and out may be the same.
    void (*apply)(MicroFunction, const float* in, float* out, int64_t count) = nullptr;
    // out = exp(in - shift); returns the sum.
    float (*exponentialSum)(const float* in, float* out, int64_t count, float shift) = nullptr;
};

Micro microBaseline();
Micro microAvx2();
Micro microAvx512();
Micro microAvx512Vnni();

// The one for instructionSet().
const Micro& micro();

}  // namespace lathe::kernels
