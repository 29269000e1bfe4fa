#include "engine/kernels/cpu/gemm.h"

#include <algorithm>

namespace lathe::kernels {
namespace {

// Panels in one task: about a microsecond each, so a task is worth handing out.
constexpr int64_t kRowPanels = 8;
constexpr int64_t kColumnPanels = 4;

// One task: a block of tiles, all of the depth.
void multiplyBlock(const FloatGemm& g, const Micro& kernel, int64_t rowPanel, int64_t rowPanelEnd,
                   int64_t columnPanel, int64_t columnPanelEnd) {
    FloatTile tile;
    tile.cStride = g.cStride;
    tile.low = g.clamp.low;
    tile.high = g.clamp.high;
    tile.function = g.function;
    for (int64_t k = 0; k < g.depth; k += kDepthBlock) {
        tile.depth = std::min(kDepthBlock, g.depth - k);
        tile.accumulate = k > 0;
        tile.finish = k + tile.depth == g.depth;
        for (int64_t i = rowPanel; i < rowPanelEnd; ++i) {
            const int64_t row = i * kernel.rows;
            tile.rows = std::min(kernel.rows, g.rows - row);
            if (g.packedA) {
                tile.a = g.packedA + (i * g.depth + k) * kernel.rows;
                tile.rowStride = 1;
                tile.depthStride = kernel.rows;
            } else {
                tile.a = g.a + row * g.aRowStride + k * g.aDepthStride;
                tile.rowStride = g.aRowStride;
                tile.depthStride = g.aDepthStride;
            }
            tile.rowBias = g.rowBias ? g.rowBias + row : nullptr;
            for (int64_t j = columnPanel; j < columnPanelEnd; ++j) {
                const int64_t column = j * kernel.columns;
                tile.columns = std::min(kernel.columns, g.columns - column);
                tile.b = g.packedB + (j * g.depth + k) * kernel.columns;
                tile.c = g.c + row * g.cStride + column;
                tile.columnBias = g.columnBias ? g.columnBias + column : nullptr;
                tile.residual = g.residual ? g.residual + row * g.cStride + column : nullptr;
                kernel.floatTile(tile);
            }
        }
    }
}

}  // namespace

int64_t panelCount(int64_t items, int64_t panel) { return (items + panel - 1) / panel; }

int64_t packedRowsSize(int64_t rows, int64_t depth) {
    return panelCount(rows, micro().rows) * micro().rows * depth;
}

int64_t packedColumnsSize(int64_t columns, int64_t depth) {
    return panelCount(columns, micro().columns) * micro().columns * depth;
}

void multiply(const FloatGemm& gemm, const base::Workers& workers) {
    const auto& kernel = micro();
    const int64_t rowPanels = panelCount(gemm.rows, kernel.rows);
    const int64_t columnPanels = panelCount(gemm.columns, kernel.columns);
    const int64_t rowBlocks = panelCount(rowPanels, kRowPanels);
    const int64_t columnBlocks = panelCount(columnPanels, kColumnPanels);
    workers.forRange(rowBlocks * columnBlocks, 1, [&](int64_t begin, int64_t end) {
        for (int64_t task = begin; task < end; ++task) {
            // Neighbouring tasks share columns of B, which are the larger part.
            const int64_t i = task % rowBlocks * kRowPanels, j = task / rowBlocks * kColumnPanels;
            multiplyBlock(gemm, kernel, i, std::min(i + kRowPanels, rowPanels), j,
                          std::min(j + kColumnPanels, columnPanels));
        }
    });
}

void packRows(const float* a, int64_t rowStride, int64_t depthStride, int64_t rows, int64_t depth,
              float* panels) {
    const int64_t panel = micro().rows;
    for (int64_t first = 0; first < rows; first += panel) {
        const int64_t count = std::min(panel, rows - first);
        for (int64_t k = 0; k < depth; ++k) {
            for (int64_t r = 0; r < count; ++r) panels[r] = a[(first + r) * rowStride + k * depthStride];
            for (int64_t r = count; r < panel; ++r) panels[r] = 0;
            panels += panel;
        }
    }
}

void packColumns(const float* b, int64_t depthStride, int64_t columnStride, int64_t columns, int64_t depth,
                 int64_t first, int64_t last, float* panels) {
    const int64_t panel = micro().columns;
    for (int64_t p = first; p < last; ++p) {
        const int64_t start = p * panel;
        const int64_t count = std::min(panel, columns - start);
        for (int64_t k = 0; k < depth; ++k) {
            const float* row = b + k * depthStride + start * columnStride;
            if (columnStride == 1)
                for (int64_t j = 0; j < count; ++j) panels[j] = row[j];
            else
                for (int64_t j = 0; j < count; ++j) panels[j] = row[j * columnStride];
            for (int64_t j = count; j < panel; ++j) panels[j] = 0;
            panels += panel;
        }
    }
}

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
