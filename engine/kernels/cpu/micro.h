// The innermost loops, compiled once for each instruction set and chosen at the start.
//
// This header is seen by units that are compiled with wider instruction sets than the rest of the program, so
// it holds plain data only: an inline function here could end up with their instructions in everybody's
// program.
#pragma once

#include <cstdint>

namespace lathe::kernels {

enum class MicroFunction { none, exponential, sigmoid, tanh, erf, gelu, geluTanh, silu, hardSwish };

// So slow that the loads of a tile have precedence; a constant, as the loop has no register left.
constexpr int64_t kAhead = 8;

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
    int64_t lastDepth = 0;  // in the last round of loops[0]: fewer steps; 0: as many
    const float* a = nullptr;
    int64_t rowStride = 0;
    // Where the second half of the rows (from (rows + 1) / 2 on) starts; 0: where the first half ends.
    int64_t halfOffset = 0;
    const float* b = nullptr;
    float* c = nullptr;
    int64_t cStride = 0;
    int64_t cVectorStride = 0;        // from the first vector of a row to the second; 0: it follows at once
    int64_t rows = 0, columns = 0;    // of this tile: at most those of the micro-kernel
    bool accumulate = false;          // add to what C holds
    const float* residual = nullptr;  // added as well, strides as C
    bool finish = false;              // the last block of the depth: apply what follows
    const float* rowBias = nullptr;
    const float* columnBias = nullptr;             // readable up to whole vectors
    float low = 0, high = 0;                       // clamp
    MicroFunction function = MicroFunction::none;  // after the clamp
    // Memory that is read next, fetched meanwhile: kAhead floats a step of the depth.
    const float* ahead = nullptr;
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

// One tile of Winograd convolution and one block of channels; positions of the transformed tile lie
// positionStride floats apart.
struct WinogradInput {
    const float* image = nullptr;  // corner of the window, which may lie outside the image
    int64_t rowPitch = 0;          // floats
    int64_t firstRow = 0, lastRow = 0, firstColumn = 0, lastColumn = 0;  // of the window, inside the image
    float* out = nullptr;
    int64_t positionStride = 0;
};
struct WinogradOutput {
    const float* sums = nullptr;
    int64_t positionStride = 0;
    float* out = nullptr;
    const float* residual = nullptr;  // strides as out
    int64_t rowPitch = 0;             // floats
    int64_t rows = 0, columns = 0;    // of the tile, inside the result
    const float* bias = nullptr;      // one block
    float low = 0, high = 0;          // clamp
    MicroFunction function = MicroFunction::none;
};

// Rows [firstRow, lastRow) of a depthwise convolution of one block of channels, read in place. A place is a
// vector of channels; everything of a plane follows row by row.
struct DepthwisePlane {
    const float* input = nullptr;    // [inHeight][inWidth][block]
    const float* weights = nullptr;  // [kernelHeight][kernelWidth][block]
    const float* bias = nullptr;     // [block]
    float* output = nullptr;         // [][outWidth][block]
    int64_t inHeight = 0, inWidth = 0, outWidth = 0, kernelHeight = 0, kernelWidth = 0;
    int64_t strideY = 1, strideX = 1, dilationY = 1, dilationX = 1, padTop = 0, padLeft = 0;
    int64_t firstRow = 0, lastRow = 0;
    float low = 0, high = 0;                       // clamp
    MicroFunction function = MicroFunction::none;  // after the clamp
};

// One spatial axis of a window that slides over an image.
struct PoolAxis {
    int64_t in = 1, out = 1, kernel = 1, stride = 1, dilation = 1, pad = 0, padAfter = 0;
};
// Rows [firstRow, lastRow) of a pool of one block of channels.
struct PoolPlane {
    const float* input = nullptr;
    const float* weights = nullptr;  // for an average: 1 / elements of the window, one a place; else maximum
    float* output = nullptr;
    PoolAxis y, x;
    int64_t firstRow = 0, lastRow = 0;
};

enum class MicroBinary { sum, difference, product, quotient, larger, smaller };

// Two operands on one block of channels: one that does not move has one vector for all places.
struct BlockPair {
    const float* a = nullptr;
    const float* b = nullptr;
    float* output = nullptr;
    int64_t places = 0;
    bool aMoves = true, bMoves = true;
};

// The moments of each channel of one block: the same three as in RowMoments, a vector of each.
struct BlockMoments {
    const float* in = nullptr;
    int64_t places = 0;
    float* mean = nullptr;
    float* rest = nullptr;
    float* square = nullptr;
};
// out = ((in - mean) - rest) * factor + shift, a vector of each for all places.
struct BlockScale {
    const float* in = nullptr;
    float* out = nullptr;
    int64_t places = 0;
    const float* mean = nullptr;
    const float* rest = nullptr;
    const float* factor = nullptr;
    const float* shift = nullptr;
};

// Weighted sums of neighbouring places of `pixel` floats, for the places [first, last) of a result:
//
//   out[place - first] = sum of weights[place][t] * in[starts[place] - inFirst + t], t below counts[place]
//
// zero where that is no sum.
struct PlaceMix {
    const float* in = nullptr;
    float* out = nullptr;
    int64_t inStride = 0, outStride = 0;  // floats from place to place
    int64_t inFirst = 0, first = 0, last = 0, pixel = 1;
    const int32_t* starts = nullptr;
    const int32_t* counts = nullptr;
    const float* weights = nullptr;
    int64_t weightStride = 1;  // floats from place to place
};

// Channels of a block that come from one block of an input: for each lane of the result the lane to take, or
// -1.
struct LaneSource {
    const float* input = nullptr;
    const int32_t* lanes = nullptr;
};

// The mean of a row as a sum of two numbers, and the mean square of what lies apart from the first of them:
// the variance is square - rest * rest.
struct RowMoments {
    float mean = 0, rest = 0, square = 0;
};

// out = (((in - mean) - rest) * factor + shift) * scale + bias, the last two one an element or none.
struct RowScale {
    const float* in = nullptr;
    float* out = nullptr;
    int64_t count = 0;
    float mean = 0, rest = 0, factor = 1, shift = 0;
    const float* scale = nullptr;
    const float* bias = nullptr;
};

// out[c * outStride + r] = in[r * inStride + c]. Rows of the result are filled up to whole vectors with
// zeros.
struct Transposition {
    const float* in = nullptr;
    int64_t inStride = 0, rows = 0, columns = 0;
    float* out = nullptr;
    int64_t outStride = 0;
};

// A panel of B of a matrix product in codes of 4 or 8 bits, `columns` of the micro-kernel wide. A word holds
// the codes of one column at neighbouring depths, lowest bits first, as signed numbers:
//
//   b = (code - zero) * scale      one scale and zero a column and block of the depth
struct LowBitPanel {
    int bits = 4;
    int64_t blocks = 0, blockSize = 0;  // whole words
    const int32_t* words = nullptr;     // [depth / codes of a word][columns]
    const float* scales = nullptr;      // [block][columns]
    const int8_t* zeros = nullptr;      // likewise; null: all are 0
};

// A few rows of A times a panel: c[r][j] = sum of a[r][k] * b[k][j] + bias[j].
constexpr int64_t kLowBitRows = 4;
struct LowBitDot {
    LowBitPanel panel;
    int64_t rows = 1;                  // up to kLowBitRows
    const float* a = nullptr;          // all blocks, zero behind the depth; one row after the other
    const float* blockSums = nullptr;  // of A, [row][block]; with zeros only
    const float* bias = nullptr;       // whole panels, or none
    float* c = nullptr;
    int64_t cStride = 0, columns = 0;
};

// Blocks [first, last) of a panel as floats, [depth][columns].
struct LowBitExpansion {
    LowBitPanel panel;
    int64_t first = 0, last = 0;
    float* out = nullptr;
};

// 16-bit floats: IEEE 754 binary16, or the upper half of a float.
enum class HalfType { float16, bfloat16 };

// A tile of a few rows whose B comes from memory in halves, panels as in FloatTile; `tile.b` and the loops of
// the tile are not read.
constexpr int64_t kHalfRows = 4;
struct HalfTile {
    FloatTile tile;
    HalfType type = HalfType::float16;
    const uint16_t* b = nullptr;
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
    // Results of 2 x 2 and of 4 x 4 places.
    void (*winogradInput2)(const WinogradInput&) = nullptr;
    void (*winogradInput4)(const WinogradInput&) = nullptr;
    void (*winogradOutput2)(const WinogradOutput&) = nullptr;
    void (*winogradOutput4)(const WinogradOutput&) = nullptr;
    void (*depthwisePlane)(const DepthwisePlane&) = nullptr;
    void (*poolPlane)(const PoolPlane&) = nullptr;
    // One block of channels each: the mean over all places; function(a, b); in * scale + shift with a vector
    // of each; lanes of several blocks put together, zero where none gives one.
    void (*planeMean)(const float* in, float* out, int64_t places) = nullptr;
    void (*pairBlocks)(MicroBinary, const BlockPair&) = nullptr;
    void (*scaleBlock)(const float* in, float* out, const float* scale, const float* shift,
                       int64_t places) = nullptr;
    void (*gatherLanes)(const LaneSource* sources, int64_t count, float* out, int64_t places) = nullptr;
    void (*blockMoments)(const BlockMoments&) = nullptr;
    void (*normalizeBlock)(const BlockScale&) = nullptr;
    void (*mixPlaces)(const PlaceMix&) = nullptr;
    // Accurate to a few units in the last place; in and out may be the same.
    void (*apply)(MicroFunction, const float* in, float* out, int64_t count) = nullptr;
    // out = exp(in - shift); returns the sum.
    float (*exponentialSum)(const float* in, float* out, int64_t count, float shift) = nullptr;
    RowMoments (*rowMoments)(const float* in, int64_t count) = nullptr;
    float (*rowSquares)(const float* in, int64_t count) = nullptr;  // the sum of them
    void (*scaleRow)(const RowScale&) = nullptr;
    // The largest number of a row, NaN aside; of out = in + added when `added` is given.
    float (*rowLargest)(const float* in, const float* added, float* out, int64_t count) = nullptr;
    void (*transpose)(const Transposition&) = nullptr;
    void (*lowBitDot)(const LowBitDot&) = nullptr;
    void (*expandLowBit)(const LowBitExpansion&) = nullptr;
    void (*halfTile)(const HalfTile&) = nullptr;
    // Whole runs, which may lie anywhere; to halves the nearest, even when two are as near.
    void (*widenHalves)(HalfType, const uint16_t* in, float* out, int64_t count) = nullptr;
    void (*narrowFloats)(HalfType, const float* in, uint16_t* out, int64_t count) = nullptr;
    // Keeps the multipliers busy and returns the floating-point operations done; `result` holds one vector.
    int64_t (*multiplyAdds)(int64_t steps, float* result) = nullptr;
};

// Those of one processor family are compiled.
Micro microBaseline();
Micro microAvx2();
Micro microAvx512();
Micro microAvx512Vnni();
Micro microNeon();
Micro microNeonDot();
Micro microNeonI8mm();

// The one for instructionSet().
const Micro& micro();

}  // namespace lathe::kernels
