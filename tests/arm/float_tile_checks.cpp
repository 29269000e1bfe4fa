// The tile of matrix products: all row counts, both vector counts, every way to walk and to end.
#include <algorithm>

#include "tests/arm/checks.h"

namespace lathe::armtest {
namespace {

using kernels::FloatTile;

struct Case {
    FloatTile tile;
    std::vector<float> a, b, c, residual, rowBias, columnBias, ahead;
};

void fill(Checks& checks, Case& one, int64_t rows, int64_t columns) {
    auto& t = one.tile;
    t.rows = rows;
    t.columns = columns;
    t.depth = checks.whole(1, 11);
    t.depthStride = checks.coin() ? 1 : checks.whole(2, 5);
    for (auto& loop : t.loops) loop = {checks.whole(1, 3), checks.whole(0, 40)};
    if (checks.coin()) t.lastDepth = checks.whole(1, t.depth);
    t.rowStride = checks.whole(1, 30);
    if (checks.coin()) t.halfOffset = checks.whole(1, 500);
    one.a = checks.numbers(4000);
    t.a = one.a.data();
    const int64_t steps = t.loops[0].count * t.loops[1].count * t.loops[2].count * t.depth;
    one.b = checks.numbers(steps * checks.micro.columns);
    t.b = one.b.data();
    const int64_t lanes = checks.lanes;
    if (columns % lanes == 0 && checks.coin()) {  // blocked
        t.cStride = lanes;
        t.cVectorStride = rows * lanes + checks.whole(0, 7);
    } else {
        t.cStride = 2 * lanes + checks.whole(0, 7);
        if (checks.coin()) t.cVectorStride = rows * t.cStride + checks.whole(0, 7);
    }
    const int64_t size = rows * t.cStride + 2 * std::max(t.cVectorStride, lanes) + 100;
    one.c = checks.numbers(size);
    t.c = one.c.data();
    t.accumulate = checks.coin();
    one.residual = checks.numbers(size);
    if (checks.coin()) t.residual = one.residual.data();
    t.finish = checks.coin();
    one.rowBias = checks.numbers(rows);
    one.columnBias = checks.numbers(checks.micro.columns);
    if (checks.whole(0, 2) == 0) t.rowBias = one.rowBias.data();
    if (checks.whole(0, 2) != 0) t.columnBias = one.columnBias.data();
    t.low = checks.number(-3, 0);
    t.high = checks.number(0, 3);
    t.function = kFunctions[checks.whole(0, 8)];
    one.ahead = checks.numbers(steps * kernels::kAhead + 64);
    if (checks.coin()) t.ahead = one.ahead.data();
}

std::vector<float> expected(const Checks& checks, const Case& one) {
    const auto& t = one.tile;
    std::vector<float> result = one.c;
    const int64_t half = (t.rows + 1) / 2, lanes = checks.lanes;
    for (int64_t r = 0; r < t.rows; ++r)
        for (int64_t column = 0; column < t.columns; ++column) {
            const float* row = t.a + r * t.rowStride;
            if (r >= half && t.halfOffset) row = t.a + t.halfOffset + (r - half) * t.rowStride;
            double sum = 0;
            int64_t step = 0;
            for (int64_t i = 0; i < t.loops[0].count; ++i)
                for (int64_t j = 0; j < t.loops[1].count; ++j)
                    for (int64_t l = 0; l < t.loops[2].count; ++l) {
                        const bool last = t.lastDepth && i + 1 == t.loops[0].count;
                        for (int64_t k = 0; k < (last ? t.lastDepth : t.depth); ++k, ++step)
                            sum += static_cast<double>(row[i * t.loops[0].stride + j * t.loops[1].stride +
                                                           l * t.loops[2].stride + k * t.depthStride]) *
                                   t.b[step * checks.micro.columns + column];
                    }
            const int64_t vector = t.cVectorStride ? t.cVectorStride : lanes;
            const int64_t at = r * t.cStride + column / lanes * vector + column % lanes;
            if (t.accumulate) sum += t.c[at];
            if (t.residual) sum += t.residual[at];
            if (t.finish) {
                if (t.rowBias) sum += t.rowBias[r];
                if (t.columnBias) sum += t.columnBias[column];
                sum = applied(t.function, clamped(sum, t.low, t.high));
            }
            result[static_cast<size_t>(at)] = static_cast<float>(sum);
        }
    return result;
}

}  // namespace

void checkFloatTile(Checks& checks) {
    const int64_t lanes = checks.lanes;
    for (int64_t rows = 1; rows <= checks.micro.rows; ++rows)
        for (int vectors = 1; vectors <= 2; ++vectors) {
            for (int repeat = 0; repeat < 60; ++repeat) {
                const int64_t columns =
                    repeat % 2 == 0 ? vectors * lanes : (vectors - 1) * lanes + checks.whole(1, lanes);
                Case one;
                fill(checks, one, rows, columns);
                const auto wanted = expected(checks, one);  // neighbours of the tile stay as they were
                checks.micro.floatTile(one.tile);
                checks.close(one.c, wanted, 10);
            }
            checks.done("floatTile, rows " + std::to_string(rows) + ", vectors " + std::to_string(vectors));
        }
}

}  // namespace lathe::armtest
