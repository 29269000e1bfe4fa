#include "engine/kernels/cpu/gemm.h"

#include <algorithm>
#include <cstring>

namespace lathe::kernels {
namespace {

// Row tiles in one task: with kDepthBlock they take half a megabyte of A, which stays in the second-level
// cache while the panels of B go by.
constexpr int64_t kRowTiles = 24;
constexpr int64_t kColumnPanels = 4;
// A task below this is not worth handing out: about 20 microseconds.
constexpr int64_t kTaskProducts = int64_t{1} << 20;

struct Range {
    int64_t begin = 0, end = 0;
};

// Tiles of nearly the same number of rows; those of packed panels.
struct RowTiles {
    RowTiles(const FloatGemm& g, int64_t limit)
        : rows(g.rows), panel(g.packedA ? limit : 0), count(panelCount(g.rows, limit)) {}
    Range rowsOf(int64_t tile) const {
        if (panel) return {tile * panel, std::min((tile + 1) * panel, rows)};
        return {rows * tile / count, rows * (tile + 1) / count};
    }
    int64_t rows, panel, count;
};

// Where the block of B begins that is read after the one of panel j at depth k.
const float* blockAfter(const FloatGemm& g, const Micro& kernel, Range panels, int64_t j, int64_t k) {
    const bool lastDepth = k + kDepthBlock >= g.depth;
    if (j + 1 < panels.end)
        ++j;
    else if (lastDepth)
        j = std::min(panels.end, panelCount(g.columns, kernel.columns) - 1), k = 0;
    else
        j = panels.begin, k += kDepthBlock;
    return g.packedB + (j * g.depth + k) * kernel.columns;
}

// One task: a block of tiles, all of the depth.
void multiplyBlock(const FloatGemm& g, const Micro& kernel, const RowTiles& rowTiles, Range tiles,
                   Range panels) {
    FloatTile tile;
    tile.cStride = g.cStride;
    tile.low = g.clamp.low;
    tile.high = g.clamp.high;
    tile.function = g.function;
    for (int64_t k = 0; k < g.depth; k += kDepthBlock) {
        tile.depth = std::min(kDepthBlock, g.depth - k);
        // A residual that lies in C is what the sums are added to.
        tile.accumulate = k > 0 || g.residual == g.c;
        const bool addsResidual = k == 0 && g.residual && g.residual != g.c;
        tile.finish = k + tile.depth == g.depth;
        for (int64_t j = panels.begin; j < panels.end; ++j) {
            const int64_t column = j * kernel.columns;
            tile.columns = std::min(kernel.columns, g.columns - column);
            tile.b = g.packedB + (j * g.depth + k) * kernel.columns;
            tile.columnBias = g.columnBias ? g.columnBias + column : nullptr;
            // The first tiles fetch the block of B that comes after this one, a part each.
            const float* next = blockAfter(g, kernel, panels, j, k);
            for (int64_t i = tiles.begin; i < tiles.end; ++i) {
                const auto rows = rowTiles.rowsOf(i);
                tile.rows = rows.end - rows.begin;
                if (g.packedA) {
                    tile.a = g.packedA + (i * g.depth + k) * kernel.rows;
                    tile.rowStride = 1;
                    tile.depthStride = kernel.rows;
                } else {
                    tile.a = g.a + rows.begin * g.aRowStride + k * g.aDepthStride;
                    tile.rowStride = g.aRowStride;
                    tile.depthStride = g.aDepthStride;
                }
                tile.rowBias = g.rowBias ? g.rowBias + rows.begin : nullptr;
                const int64_t at = rows.begin * g.cStride + column;
                tile.c = g.c + at;
                tile.residual = addsResidual ? g.residual + at : nullptr;
                const int64_t part = i - tiles.begin;
                tile.ahead = part * kAhead < kernel.columns ? next + part * kAhead * tile.depth : nullptr;
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
    const RowTiles rowTiles(gemm, kernel.rows);
    const int64_t panels = panelCount(gemm.columns, kernel.columns);
    const int64_t rowBlocks = panelCount(rowTiles.count, kRowTiles);
    const int64_t share = rowBlocks * panels / (int64_t{workers.threads()} * 4);
    const int64_t width = std::clamp<int64_t>(share, 1, kColumnPanels);
    const int64_t columnBlocks = panelCount(panels, width);
    const int64_t products = gemm.rows * gemm.columns * gemm.depth / (rowBlocks * columnBlocks);
    const int64_t grain = std::max<int64_t>(1, kTaskProducts / std::max<int64_t>(products, 1));
    workers.forRange(rowBlocks * columnBlocks, grain, [&](int64_t begin, int64_t end) {
        for (int64_t task = begin; task < end; ++task) {
            // Neighbouring tasks share columns of B, which are the larger part.
            const int64_t i = task % rowBlocks, j = task / rowBlocks;
            const Range tiles{rowTiles.count * i / rowBlocks, rowTiles.count * (i + 1) / rowBlocks};
            multiplyBlock(gemm, kernel, rowTiles, tiles, {j * width, std::min((j + 1) * width, panels)});
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

namespace {

// Depth that is packed at a time: whole cache lines where the columns of B are rows in memory.
constexpr int64_t kPackDepth = 16;

// `count` columns that follow each other in memory, a piece of the depth.
void packRun(const float* b, int64_t depthStride, int64_t count, int64_t depth, float* panel) {
    const int64_t width = micro().columns;
    for (int64_t k = 0; k < depth; ++k, b += depthStride, panel += width) {
        std::memcpy(panel, b, static_cast<size_t>(count) * sizeof(float));
        for (int64_t j = count; j < width; ++j) panel[j] = 0;
    }
}

// Columns that lie anywhere; where each is a run of memory they are transposed.
void packStrided(const float* b, int64_t depthStride, int64_t columnStride, int64_t count, int64_t depth,
                 float* panel) {
    const int64_t width = micro().columns;
    if (depthStride == 1) {
        const int64_t filled = panelCount(count, width / 2) * (width / 2);
        Transposition t;
        t.in = b;
        t.inStride = columnStride;
        t.rows = count;
        t.columns = depth;
        t.out = panel;
        t.outStride = width;
        micro().transpose(t);
        for (int64_t k = 0; k < depth; ++k)
            for (int64_t j = filled; j < width; ++j) panel[k * width + j] = 0;
        return;
    }
    for (int64_t j = 0; j < width; ++j) {
        const float* column = b + j * columnStride;
        for (int64_t k = 0; k < depth; ++k)
            if (j < count)
                std::memcpy(panel + k * width + j, column + k * depthStride, sizeof(float));
            else
                panel[k * width + j] = 0;
    }
}

}  // namespace

void packColumns(const float* b, int64_t depthStride, int64_t columnStride, int64_t columns, int64_t depth,
                 int64_t first, int64_t last, float* panels) {
    const int64_t width = micro().columns;
    // A few steps of the depth for all panels, so that both sides stay within few pages.
    for (int64_t k = 0; k < depth; k += kPackDepth)
        for (int64_t p = first; p < last; ++p) {
            const int64_t steps = std::min(kPackDepth, depth - k);
            const int64_t count = std::min(width, columns - p * width);
            const float* from = b + k * depthStride + p * width * columnStride;
            float* panel = panels + ((p - first) * depth + k) * width;
            if (columnStride == 1)
                packRun(from, depthStride, count, steps, panel);
            else
                packStrided(from, depthStride, columnStride, count, steps, panel);
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
