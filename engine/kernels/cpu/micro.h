// The innermost loops, compiled once for each instruction set and chosen at the start.
//
// This header is seen by units that are compiled with wider instruction sets than the rest of the program, so
// it holds plain data only: an inline function here could end up with their instructions in everybody's
// program.
#pragma once

#include <cstdint>

namespace lathe::kernels {

enum class MicroFunction { none, exponential, sigmoid, tanh, erf, gelu, geluTanh, silu, hardSwish };

// One tile of C = A * B: what matrix products and direct convolutions have in common.
//
// Row r of A is at a + r * rowStride (a patch of the input, or a row of a matrix). Its depth is walked in
// nested loops: `depth` steps of depthStride, inside loops[2], inside loops[1], inside loops[0]. B is in
// panels of `columns` of the micro-kernel in the order of that walk, zero-filled behind the last column.
struct FloatTile {
    struct Loop {
        int64_t count = 1, stride = 0;  // stride in floats of A
    };
    Loop loops[3] = {};
    int64_t depth = 0, depthStride = 1;
    const float* a = nullptr;
    int64_t rowStride = 0;
    // Where the second half of the rows (from (rows + 1) / 2 on) starts; 0: where the first half ends.
    int64_t halfOffset = 0;
    const float* b = nullptr;
    float* c = nullptr;
    int64_t cStride = 0;
    int64_t cVectorStride = 0;      // from the first vector of a row to the second; 0: it follows at once
    int64_t rows = 0, columns = 0;  // of this tile: at most those of the micro-kernel
    bool accumulate = false;        // add to what C holds
    bool finish = false;            // the last block of the depth: apply what follows
    const float* rowBias = nullptr;
    const float* columnBias = nullptr;
    const float* residual = nullptr;               // added before the clamp, strides as C
    float low = 0, high = 0;                       // clamp
    MicroFunction function = MicroFunction::none;  // after the clamp
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

// From sums to codes, and over a residual of codes:
//
//   n = clamp(round_to_even(float(sum + bias) * scale), low - zero, high - zero);  code = n + zero
//   with a residual:  n = clamp(round_to_even((n * ownScale + (other - otherZero) * otherScale) / sumScale),
//                     sumLow - sumZero, sumHigh - sumZero);  code = n + sumZero
//
// Each step is rounded to float as written.
struct ByteFinish {
    const int32_t* biases = nullptr;  // one a channel, readable for two whole vectors
    const float* scales = nullptr;    // likewise
    bool scalesBelowOne = false;      // all of them: no product leaves the integers
    int32_t zero = 0, low = 0, high = 0;
    const uint8_t* residual = nullptr;  // strides as the output
    int32_t otherFlip = 0;              // 0x80 when the residual is signed; its zero is 128 higher then
    int32_t otherZero = 0;
    float ownScale = 0, otherScale = 0, sumScale = 0;
    // A factor that for these scales gives every pair of codes the same result as the division by sumScale,
    // none of them far from the codes; 0: there is none.
    float sumFactor = 0;
    int32_t sumZero = 0, sumLow = 0, sumHigh = 0;
};

// One tile of C = A * B where A holds unsigned and B signed bytes, four neighbours of the depth in a 32-bit
// word. A is walked as in FloatTile, with strides in bytes; B is in panels [word][column][4].
struct ByteTile {
    struct Loop {
        int64_t count = 1, stride = 0;
    };
    Loop loops[3] = {};
    int64_t depth = 0;  // words, one after the other
    const uint8_t* a = nullptr;
    int64_t rowStride = 0;
    int64_t halfOffset = 0;  // as in FloatTile
    const int8_t* b = nullptr;
    // Fetched from far memory meanwhile, half a panel: what the next tiles need of B. Null: nothing.
    const int8_t* soon = nullptr;
    int64_t rows = 0, columns = 0;
    uint8_t* c = nullptr;      // codes; columns are a whole number of vectors
    float* numbers = nullptr;  // instead of codes: float(sum + bias) * scale, any columns
    int64_t cStride = 0, cVectorStride = 0;
    ByteFinish finish;
};

// One output row of a depthwise convolution of unsigned bytes on blocked channels, padded already.
struct ByteDepthwiseRow {
    const uint8_t* input = nullptr;    // first tap of the first output
    int64_t inputStride = 0;           // bytes between input rows of successive taps
    const int32_t* weights = nullptr;  // [tap][channel]
    int64_t kernelRows = 0, kernelColumns = 0, dilation = 1;
    int64_t stride = 1;
    uint8_t* output = nullptr;
    int64_t count = 0;
    ByteFinish finish;
};

// words[i] of each channel: the codes of four neighbouring places from i * step on.
struct ByteWords {
    const uint8_t* places = nullptr;
    int64_t count = 0, step = 1;
    int32_t* words = nullptr;
};

// The same as ByteDepthwiseRow over rows of such words, four taps at a time.
struct ByteDepthwiseWords {
    const int32_t* const* rows = nullptr;  // one a row of taps: the words of the first output
    int64_t rowCount = 0;
    int64_t wordCount = 1, wordStep = 0;  // words of a row of taps, and how far apart they lie
    const int8_t* weights = nullptr;      // [row of taps][word][channel][4]
    uint8_t* output = nullptr;
    int64_t count = 0;
    ByteFinish finish;
};

// codes[i] = the second line of ByteFinish with n = codes[i] - zero; `biases` and `scales` are not read.
struct ByteAddition {
    const uint8_t* codes = nullptr;
    int32_t flip = 0;  // 0x80 when they are signed; `finish.zero` is 128 higher then
    uint8_t* output = nullptr;
    int64_t count = 0;
    ByteFinish finish;
};

// code = clamp(round_to_even(x / scale) + zero); NaN becomes the zero point.
struct Quantize {
    const float* input = nullptr;
    uint8_t* output = nullptr;
    int64_t count = 0;
    float scale = 1;
    int32_t zero = 0, low = 0, high = 0;
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
    int64_t rows = 0, columns = 0;  // of a tile; columns are two vectors
    int64_t byteRows = 0;           // of a tile of bytes
    void (*floatTile)(const FloatTile&) = nullptr;
    void (*integerTile)(const IntegerTile&) = nullptr;
    void (*requantize)(const Requantize&) = nullptr;
    void (*byteTile)(const ByteTile&) = nullptr;
    void (*byteDepthwiseRow)(const ByteDepthwiseRow&) = nullptr;
    void (*byteWords)(const ByteWords&) = nullptr;
    void (*byteDepthwiseWords)(const ByteDepthwiseWords&) = nullptr;
    void (*addBytes)(const ByteAddition&) = nullptr;
    void (*quantize)(const Quantize&) = nullptr;
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
