// Matrix products over packed panels: what convolutions, Gemm and MatMul share.
#pragma once

#include <cstdint>
#include <limits>

#include "engine/base/parallel.h"
#include "engine/kernels/cpu/micro.h"

namespace lathe::kernels {

struct Clamp {
    float low = -std::numeric_limits<float>::infinity();
    float high = std::numeric_limits<float>::infinity();
};

// C [rows, columns] = A * B + residual, then bias, clamp, function.
struct FloatGemm {
    int64_t rows = 0, columns = 0, depth = 0;
    // A: either panels of packRows, or a matrix read in place with two strides.
    const float* packedA = nullptr;
    const float* a = nullptr;
    int64_t aRowStride = 0, aDepthStride = 1;
    const float* packedB = nullptr;  // panels of packColumns
    // Instead of it: panels of packHalfColumns, and halfScratchSize() floats that blocks of them are widened
    // in.
    const uint16_t* halfB = nullptr;
    HalfType halfType = HalfType::float16;
    float* scratch = nullptr;
    float* c = nullptr;
    int64_t cStride = 0;
    const float* rowBias = nullptr;
    const float* columnBias = nullptr;
    const float* residual = nullptr;  // same stride as C; may be C itself
    Clamp clamp = {};
    MicroFunction function = MicroFunction::none;  // after the clamp
};

// Depth of one block: a panel of B of it stays in the first-level caches, a deeper product passes over C
// several times.
inline constexpr int64_t kDepthBlock = 384;

// The result does not depend on the number of threads.
void multiply(const FloatGemm& gemm, const base::Workers& workers);

int64_t panelCount(int64_t items, int64_t panel);
// Floats that the panels of a [rows, depth] or [depth, columns] matrix take.
int64_t packedRowsSize(int64_t rows, int64_t depth);
int64_t packedColumnsSize(int64_t columns, int64_t depth);
int64_t halfScratchSize(int64_t rows, int64_t columns, int64_t depth);

// A element (r, k) at a[r * rowStride + k * depthStride] into panels [depth][micro rows], zero-filled.
void packRows(const float* a, int64_t rowStride, int64_t depthStride, int64_t rows, int64_t depth,
              float* panels);
// B may lie unaligned, as tensors in files do. Panels [first, last) of B, element (k, j) at b[k * depthStride
// + j * columnStride], into panels [depth][micro columns], zero-filled. `panels` is where panel `first` goes.
void packColumns(const float* b, int64_t depthStride, int64_t columnStride, int64_t columns, int64_t depth,
                 int64_t first, int64_t last, float* panels);

// The same for all panels of a B of halves, which stay halves; one of the strides must be 1.
void packHalfColumns(HalfType type, const uint16_t* b, int64_t depthStride, int64_t columnStride,
                     int64_t columns, int64_t depth, uint16_t* panels);

}  // namespace lathe::kernels
