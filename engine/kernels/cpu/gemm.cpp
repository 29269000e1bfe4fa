#include "engine/kernels/cpu/gemm.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace lathe::kernels {
namespace {

// Row tiles in one task: with kDepthBlock they take half a megabyte of A, which stays in the second-level
// cache while the panels of B go by.
constexpr int64_t kRowTiles = 24;
constexpr int64_t kColumnPanels = 4;
// A task below this is not worth handing out: about 20 microseconds.
constexpr int64_t kTaskProducts = int64_t{1} << 20;
// The same where the memory decides: halves that are read once.
constexpr int64_t kTaskHalves = int64_t{1} << 17;
// Runs of tasks that widen halves, each with floats of its own.
constexpr int64_t kSlots = 32;

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

// Where the block of B begins that is read after the one of panel j at depth k, in elements.
int64_t blockAfter(const FloatGemm& g, const Micro& kernel, Range panels, int64_t j, int64_t k) {
    const bool lastDepth = k + kDepthBlock >= g.depth;
    if (j + 1 < panels.end)
        ++j;
    else if (lastDepth)
        j = std::min(panels.end, panelCount(g.columns, kernel.columns) - 1), k = 0;
    else
        j = panels.begin, k += kDepthBlock;
    return (j * g.depth + k) * kernel.columns;
}

// What tile `part` of a block fetches of the next block of B, of which each fetches kAhead floats a step;
// null when all is fetched.
const float* aheadOf(const FloatGemm& g, int64_t block, int64_t part, int64_t depth, int64_t columns) {
    const int64_t first = part * kAhead;
    if (g.halfB)
        return first * 2 < columns ? reinterpret_cast<const float*>(g.halfB + block) + first * depth
                                   : nullptr;
    return first < columns ? g.packedB + block + first * depth : nullptr;
}

// One task: a block of tiles, all of the depth. Blocks of a B of halves are widened in `piece`.
void multiplyBlock(const FloatGemm& g, const Micro& kernel, const RowTiles& rowTiles, Range tiles,
                   Range panels, float* piece) {
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
            const int64_t block = (j * g.depth + k) * kernel.columns;
            if (g.halfB) kernel.widenHalves(g.halfType, g.halfB + block, piece, tile.depth * kernel.columns);
            tile.b = g.halfB ? piece : g.packedB + block;
            tile.columnBias = g.columnBias ? g.columnBias + column : nullptr;
            // The first tiles fetch the block of B that comes after this one, a part each.
            const int64_t next = blockAfter(g, kernel, panels, j, k);
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
                tile.ahead = aheadOf(g, next, i - tiles.begin, tile.depth, kernel.columns);
                kernel.floatTile(tile);
            }
        }
    }
}

// A few rows: B is used once, so it is widened on its way into the registers.
void multiplyFewRows(const FloatGemm& g, const Micro& kernel, const base::Workers& workers) {
    const int64_t grain = std::max<int64_t>(1, kTaskHalves / std::max<int64_t>(g.depth * kernel.columns, 1));
    workers.forRange(panelCount(g.columns, kernel.columns), grain, [&](int64_t begin, int64_t end) {
        for (int64_t j = begin; j < end; ++j) {
            const int64_t column = j * kernel.columns;
            HalfTile half;
            half.type = g.halfType;
            half.b = g.halfB + column * g.depth;
            auto& tile = half.tile;
            tile.depth = g.depth;
            tile.depthStride = g.aDepthStride;
            tile.a = g.a;
            tile.rowStride = g.aRowStride;
            tile.rows = g.rows;
            tile.columns = std::min(kernel.columns, g.columns - column);
            tile.c = g.c + column;
            tile.cStride = g.cStride;
            tile.accumulate = g.residual == g.c;
            tile.residual = g.residual && !tile.accumulate ? g.residual + column : nullptr;
            tile.finish = true;
            tile.rowBias = g.rowBias;
            tile.columnBias = g.columnBias ? g.columnBias + column : nullptr;
            tile.low = g.clamp.low;
            tile.high = g.clamp.high;
            tile.function = g.function;
            kernel.halfTile(half);
        }
    });
}

int64_t pieceSize(int64_t depth) { return std::min(depth, kDepthBlock) * micro().columns; }

}  // namespace

int64_t panelCount(int64_t items, int64_t panel) { return (items + panel - 1) / panel; }

int64_t packedRowsSize(int64_t rows, int64_t depth) {
    return panelCount(rows, micro().rows) * micro().rows * depth;
}

int64_t packedColumnsSize(int64_t columns, int64_t depth) {
    return panelCount(columns, micro().columns) * micro().columns * depth;
}

int64_t halfScratchSize(int64_t rows, int64_t columns, int64_t depth) {
    if (rows <= kHalfRows) return 0;
    const int64_t tasks =
        panelCount(columns, micro().columns) * panelCount(panelCount(rows, micro().rows), kRowTiles);
    return std::min(kSlots, tasks) * pieceSize(depth);
}

void multiply(const FloatGemm& gemm, const base::Workers& workers) {
    const auto& kernel = micro();
    if (gemm.halfB && gemm.rows <= kHalfRows) return multiplyFewRows(gemm, kernel, workers);
    const RowTiles rowTiles(gemm, kernel.rows);
    const int64_t panels = panelCount(gemm.columns, kernel.columns);
    const int64_t rowBlocks = panelCount(rowTiles.count, kRowTiles);
    const int64_t share = rowBlocks * panels / (int64_t{workers.threads()} * 4);
    const int64_t width = std::clamp<int64_t>(share, 1, kColumnPanels);
    const int64_t columnBlocks = panelCount(panels, width);
    const int64_t products = gemm.rows * gemm.columns * gemm.depth / (rowBlocks * columnBlocks);
    const int64_t grain = std::max<int64_t>(1, kTaskProducts / std::max<int64_t>(products, 1));
    const int64_t tasks = rowBlocks * columnBlocks;
    const auto runTask = [&](int64_t task, float* piece) {
        // Neighbouring tasks share columns of B, which are the larger part.
        const int64_t i = task % rowBlocks, j = task / rowBlocks;
        const Range tiles{rowTiles.count * i / rowBlocks, rowTiles.count * (i + 1) / rowBlocks};
        multiplyBlock(gemm, kernel, rowTiles, tiles, {j * width, std::min((j + 1) * width, panels)}, piece);
    };
    if (!gemm.halfB) {
        workers.forRange(tasks, grain, [&](int64_t begin, int64_t end) {
            for (int64_t task = begin; task < end; ++task) runTask(task, nullptr);
        });
        return;
    }
    const int64_t slots = std::min(kSlots, tasks);
    workers.forRange(slots, std::max<int64_t>(1, grain * slots / tasks), [&](int64_t begin, int64_t end) {
        for (int64_t slot = begin; slot < end; ++slot)
            for (int64_t task = tasks * slot / slots; task < tasks * (slot + 1) / slots; ++task)
                runTask(task, gemm.scratch + slot * pieceSize(gemm.depth));
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

void packHalfColumns(HalfType type, const uint16_t* b, int64_t depthStride, int64_t columnStride,
                     int64_t columns, int64_t depth, uint16_t* panels) {
    const int64_t width = micro().columns;
    std::vector<float> rows, panel;  // halves become floats and halves again without a change
    if (columnStride != 1) {
        rows.resize(static_cast<size_t>(width * depth));
        panel.resize(rows.size());
    }
    for (int64_t first = 0; first < columns; first += width, panels += width * depth) {
        const int64_t count = std::min(width, columns - first);
        if (columnStride == 1) {
            for (int64_t k = 0; k < depth; ++k) {
                std::memcpy(panels + k * width, b + k * depthStride + first,
                            static_cast<size_t>(count) * sizeof(uint16_t));
                std::fill_n(panels + k * width + count, width - count, uint16_t{0});
            }
            continue;
        }
        for (int64_t j = 0; j < count; ++j)
            micro().widenHalves(type, b + (first + j) * columnStride, rows.data() + j * depth, depth);
        packColumns(rows.data(), 1, depth, count, depth, 0, 1, panel.data());
        micro().narrowFloats(type, panel.data(), panels, width * depth);
    }
}

}  // namespace lathe::kernels
