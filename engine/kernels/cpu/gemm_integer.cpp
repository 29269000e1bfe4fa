#include "engine/kernels/cpu/gemm_integer.h"

#include <algorithm>

#include "engine/kernels/cpu/gemm.h"

namespace lathe::kernels {

void multiplyIntegers(const IntegerGemm& gemm, int64_t firstRowPanel, int64_t lastRowPanel) {
    const auto& kernel = micro();
    const int64_t columnPanels = panelCount(gemm.columns, kernel.columns);
    IntegerTile tile;
    tile.depth = gemm.pairs;
    tile.sumStride = gemm.sumStride;
    for (int64_t j = 0; j < columnPanels; ++j) {
        const int64_t column = j * kernel.columns;
        tile.columns = std::min(kernel.columns, gemm.columns - column);
        tile.b = gemm.packedB + j * gemm.pairs * kernel.columns;
        for (int64_t i = firstRowPanel; i < lastRowPanel; ++i) {
            const int64_t row = i * kernel.rows;
            tile.rows = std::min(kernel.rows, gemm.rows - row);
            tile.a = gemm.packedA + i * gemm.pairs * kernel.rows;
            tile.sums = gemm.sums + row * gemm.sumStride + column;
            kernel.integerTile(tile);
        }
    }
}

}  // namespace lathe::kernels
