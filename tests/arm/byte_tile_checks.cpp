// The tile of bytes: all row counts, both vector counts, every way to end.
#include <algorithm>

#include "tests/arm/checks.h"

namespace lathe::armtest {
namespace {

using kernels::ByteTile;

struct Case {
    ByteTile tile;
    std::vector<uint8_t> a, c, residual;
    std::vector<int8_t> b, soon;
    std::vector<float> numbers, scales;
    std::vector<int32_t> biases;
};

void fill(Checks& checks, Case& one, int64_t rows, int vectors) {
    auto& t = one.tile;
    const int64_t lanes = checks.lanes, width = checks.micro.columns;
    t.rows = rows;
    t.columns = vectors * lanes;
    t.depth = checks.whole(1, 11);
    for (auto& loop : t.loops) loop = {checks.whole(1, 3), checks.whole(0, 90)};
    t.rowStride = checks.whole(1, 60);
    if (checks.coin()) t.halfOffset = checks.whole(1, 900);
    const bool extreme = checks.whole(0, 4) == 0;  // products that would not fit 16 bits when added
    one.a = checks.integers<uint8_t>(4000, extreme ? 250 : 0, 255);
    t.a = one.a.data();
    const int64_t words = t.loops[0].count * t.loops[1].count * t.loops[2].count * t.depth;
    one.b = checks.integers<int8_t>(words * width * 4, -128, extreme ? -120 : 127);
    t.b = one.b.data();
    one.soon = checks.integers<int8_t>(words * width * 2, 0, 1);
    if (checks.coin()) t.soon = one.soon.data();
    t.finish = randomFinish(checks, width, one.biases, one.scales);
    const bool asNumbers = checks.whole(0, 3) == 0;
    if (asNumbers) t.columns -= checks.whole(0, lanes - 1);
    t.cStride = !asNumbers && checks.coin() ? lanes : width + checks.whole(0, 7);
    t.cVectorStride = t.cStride == lanes ? rows * lanes + checks.whole(0, 7) : lanes;
    const int64_t size = rows * t.cStride + 2 * t.cVectorStride + 100;
    one.c = checks.integers<uint8_t>(size, 0, 255);
    one.numbers = checks.numbers(size);
    one.residual = checks.integers<uint8_t>(size, 0, 255);
    t.c = one.c.data();
    if (asNumbers)
        t.numbers = one.numbers.data();
    else if (checks.coin())
        addResidual(checks, t.finish, one.residual.data());
}

void compute(const Checks& checks, const Case& one, std::vector<uint8_t>& codes,
             std::vector<float>& numbers) {
    const auto& t = one.tile;
    const int64_t half = (t.rows + 1) / 2, lanes = checks.lanes;
    for (int64_t r = 0; r < t.rows; ++r)
        for (int64_t column = 0; column < t.columns; ++column) {
            const uint8_t* row = t.a + r * t.rowStride;
            if (r >= half && t.halfOffset) row = t.a + t.halfOffset + (r - half) * t.rowStride;
            int32_t sum = t.finish.biases[column];
            int64_t word = 0;
            for (int64_t i = 0; i < t.loops[0].count; ++i)
                for (int64_t j = 0; j < t.loops[1].count; ++j)
                    for (int64_t l = 0; l < t.loops[2].count; ++l)
                        for (int64_t k = 0; k < t.depth; ++k, ++word)
                            for (int64_t byte = 0; byte < 4; ++byte)
                                sum += row[i * t.loops[0].stride + j * t.loops[1].stride +
                                           l * t.loops[2].stride + k * 4 + byte] *
                                       t.b[(word * checks.micro.columns + column) * 4 + byte];
            if (t.numbers) {
                numbers[static_cast<size_t>(r * t.cStride + column)] =
                    static_cast<float>(sum) * t.finish.scales[column];
                continue;
            }
            const int64_t at = r * t.cStride + column / lanes * t.cVectorStride + column % lanes;
            codes[static_cast<size_t>(at)] = finished(t.finish, sum, column, at);
        }
}

}  // namespace

void checkByteTile(Checks& checks) {
    for (int64_t rows = 1; rows <= checks.micro.byteRows; ++rows)
        for (int vectors = 1; vectors <= 2; ++vectors) {
            for (int repeat = 0; repeat < 80; ++repeat) {
                Case one;
                fill(checks, one, rows, vectors);
                auto codes = one.c;
                auto numbers = one.numbers;
                compute(checks, one, codes, numbers);
                checks.micro.byteTile(one.tile);
                checks.same(one.c, codes);
                for (size_t i = 0; i < numbers.size(); ++i) checks.same(one.numbers[i] == numbers[i], 1);
            }
            checks.done("byteTile, rows " + std::to_string(rows) + ", vectors " + std::to_string(vectors));
        }
}

}  // namespace lathe::armtest
