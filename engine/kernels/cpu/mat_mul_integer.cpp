// Matrix product of 8-bit integers with constant weights (QLinearMatMul, and the fused form of dequantize,
// Gemm or MatMul, quantize; without the quantization it makes floats). Weights that fit signed bytes are
// multiplied as they are; otherwise both operands are packed as pairs of 16-bit values. The sums are exact.
#include <cstring>

#include "engine/kernels/cpu/gemm_integer.h"
#include "engine/kernels/cpu/support_integer.h"

namespace lathe::kernels {
namespace {

struct ProductShape {
    int64_t rows = 0, depth = 0, columns = 0;
    bool turned = false;  // weights [columns, depth]
};

// Words of four neighbours of the depth; see ByteTile.
class MatMulBytes final : public Prepared {
  public:
    MatMulBytes(const ProductShape& shape, const IntegerOperands& operands, const Site& site)
        : m_shape(shape),
          m_words((shape.depth + 3) / 4),
          m_finish(*integerFinish(site, operands)),
          m_numbers(!isByte(site.outputs[0].type)),
          m_flip(operands.xSigned ? 0x80 : 0) {
        const int64_t width = micro().columns, panels = panelCount(shape.columns, width);
        const auto weights = signedWeights(site);
        m_weights.assign(static_cast<size_t>(panels * width * m_words * 4), 0);
        m_biases.assign(static_cast<size_t>(panels * width), 0);
        m_scales.assign(static_cast<size_t>(panels * width), 0);
        for (int64_t j = 0; j < shape.columns; ++j) {
            int8_t* to = m_weights.data() + (j / width * m_words * width + j % width) * 4;
            int32_t sum = 0;
            for (int64_t k = 0; k < shape.depth; ++k) {
                const int8_t w =
                    weights[static_cast<size_t>(shape.turned ? j * shape.depth + k : k * shape.columns + j)];
                to[k / 4 * width * 4 + k % 4] = w;
                sum += w;
            }
            const auto at = static_cast<size_t>(j);
            m_biases[at] = static_cast<int32_t>(static_cast<uint32_t>(operands.biases[at]) -
                                                static_cast<uint32_t>(sum) *
                                                    static_cast<uint32_t>(operands.xZero + m_flip));
            m_scales[at] = operands.scales[at];
        }
    }

    size_t scratchBytes() const override {
        return copies() ? static_cast<size_t>(m_shape.rows * m_words * 4) : 0;
    }
    size_t packedBytes() const override { return m_weights.size() + m_biases.size() * 8; }
    bool packs(size_t input) const override { return input > 0; }

    void run(const RunArguments& arguments) const override {
        const auto& p = m_shape;
        const auto* x = reinterpret_cast<const uint8_t*>(arguments.inputs[0]);
        if (copies()) {
            auto* copy = reinterpret_cast<uint8_t*>(arguments.scratch);
            arguments.workers->forRange(p.rows, 16, [&](int64_t begin, int64_t end) {
                for (int64_t row = begin; row < end; ++row) copyRow(x, row, copy);
            });
            x = copy;
        }
        const int64_t columnPanels = panelCount(p.columns, micro().columns);
        const int64_t rowPanels = panelCount(p.rows, micro().byteRows);
        // All rows by the panel of weights that is in the cache.
        arguments.workers->forRange(columnPanels, 1, [&](int64_t begin, int64_t end) {
            for (int64_t j = begin; j < end; ++j)
                for (int64_t i = 0; i < rowPanels; ++i)
                    runTile(x, p.rows * i / rowPanels, p.rows * (i + 1) / rowPanels, j, arguments.outputs[0]);
        });
    }

  private:
    bool copies() const { return m_flip != 0 || m_shape.depth % 4 != 0; }

    void copyRow(const uint8_t* x, int64_t row, uint8_t* copy) const {
        const uint8_t* from = x + row * m_shape.depth;
        uint8_t* to = copy + row * m_words * 4;
        for (int64_t k = 0; k < m_shape.depth; ++k) to[k] = static_cast<uint8_t>(from[k] ^ m_flip);
        for (int64_t k = m_shape.depth; k < m_words * 4; ++k) to[k] = 0;
    }

    void runTile(const uint8_t* x, int64_t first, int64_t last, int64_t panel, std::byte* output) const {
        const int64_t width = micro().columns, column = panel * width;
        const int64_t columns = std::min(width, m_shape.columns - column);
        ByteTile tile;
        tile.depth = m_words;
        tile.rowStride = m_words * 4;
        tile.a = x + first * tile.rowStride;
        tile.b = m_weights.data() + panel * m_words * width * 4;
        tile.rows = last - first;
        tile.columns = columns;
        // The first two tiles fetch the next panel, half each.
        const int64_t half = m_words * width * 2, part = first == 0 ? 0 : 1;
        if (column + width < m_shape.columns && first < 2 * micro().byteRows)
            tile.soon = tile.b + (2 + part) * half;
        tile.finish = m_finish;
        tile.finish.biases = m_biases.data() + column;
        tile.finish.scales = m_scales.data() + column;
        tile.cStride = m_shape.columns;
        const int64_t at = first * m_shape.columns + column;
        if (m_numbers) {
            tile.numbers = floats(output) + at;
            micro().byteTile(tile);
            return;
        }
        auto* codes = reinterpret_cast<uint8_t*>(output) + at;
        tile.c = codes;
        tile.cVectorStride = width / 2;
        if (columns == width) {
            micro().byteTile(tile);
            return;
        }
        uint8_t whole[kLargestTile];
        tile.c = whole;
        tile.cStride = width;
        micro().byteTile(tile);
        for (int64_t r = 0; r < tile.rows; ++r)
            std::memcpy(codes + r * m_shape.columns, whole + r * width, static_cast<size_t>(columns));
    }

    static constexpr size_t kLargestTile = 16 * 32;
    ProductShape m_shape;
    int64_t m_words;
    ByteFinish m_finish;
    bool m_numbers;
    int32_t m_flip;
    std::vector<int8_t> m_weights;
    std::vector<int32_t> m_biases;  // filled up to whole panels
    std::vector<float> m_scales;
};

class MatMulInteger final : public Prepared {
  public:
    MatMulInteger(int64_t rows, int64_t depth, int64_t columns, bool turned, IntegerOperands operands,
                  const Site& site)
        : m_rows(rows),
          m_depth(depth),
          m_columns(columns),
          m_pairs((depth + 1) / 2),
          m_operands(std::move(operands)) {
        const auto& weight = *constantOf(site, 3);
        // The panels of B have the layout of panels of A with another width.
        const auto value = [&](int64_t column, int64_t k) {
            if (k >= depth) return 0;
            const auto code = weight.integerAt(turned ? column * depth + k : k * columns + column);
            return static_cast<int32_t>(code) - m_operands.wZeros[static_cast<size_t>(column)];
        };
        m_weights.resize(
            static_cast<size_t>(panelCount(columns, micro().columns) * micro().columns * m_pairs));
        packRowPairs(columns, m_pairs, micro().columns, value, m_weights.data());
    }

    size_t scratchBytes() const override {
        return packedRowBytes() + static_cast<size_t>(m_rows * m_columns) * 4;
    }
    size_t packedBytes() const override { return m_weights.size() * sizeof(int32_t); }
    bool packs(size_t input) const override { return input > 0; }

    void run(const RunArguments& arguments) const override {
        const auto& kernel = micro();
        auto* packed = reinterpret_cast<int32_t*>(arguments.scratch);
        auto* sums = reinterpret_cast<int32_t*>(arguments.scratch + packedRowBytes());
        const auto* x = reinterpret_cast<const uint8_t*>(arguments.inputs[0]);
        const auto value = [&](int64_t row, int64_t k) {
            if (k >= m_depth) return 0;
            const uint8_t code = x[row * m_depth + k];
            return (m_operands.xSigned ? static_cast<int32_t>(static_cast<int8_t>(code)) : int32_t{code}) -
                   m_operands.xZero;
        };
        packRowPairs(m_rows, m_pairs, kernel.rows, value, packed);
        IntegerGemm gemm;
        gemm.rows = m_rows;
        gemm.pairs = m_pairs;
        gemm.packedA = packed;
        gemm.sumStride = m_columns;
        const int64_t rowPanels = panelCount(m_rows, kernel.rows);
        arguments.workers->forRange(
            panelCount(m_columns, kernel.columns), 4, [&](int64_t begin, int64_t end) {
                IntegerGemm part = gemm;
                const int64_t first = begin * kernel.columns;
                part.columns = std::min(end * kernel.columns, m_columns) - first;
                part.packedB = m_weights.data() + first * m_pairs;
                part.sums = sums + first;
                multiplyIntegers(part, 0, rowPanels);
                for (int64_t row = 0; row < m_rows; ++row) {
                    Requantize r;
                    r.sums = sums + row * m_columns + first;
                    r.count = part.columns;
                    r.biases = m_operands.biases.data() + first;
                    r.scales = m_operands.scales.data() + first;
                    r.zero = m_operands.yZero;
                    r.low = m_operands.low;
                    r.high = m_operands.high;
                    r.output = reinterpret_cast<int8_t*>(arguments.outputs[0]) + row * m_columns + first;
                    kernel.requantize(r);
                }
            });
    }

  private:
    size_t packedRowBytes() const {
        return scratchAligned(static_cast<size_t>(panelCount(m_rows, micro().rows) * micro().rows * m_pairs) *
                              sizeof(int32_t));
    }

    int64_t m_rows, m_depth, m_columns, m_pairs;
    IntegerOperands m_operands;
    std::vector<int32_t> m_weights;
};

std::optional<ProductShape> productShape(const Site& site) {
    if (!site.has(0) || !site.has(3)) return {};
    const auto &x = shapeOf(site, 0), &w = shapeOf(site, 3);
    if (x.empty() || w.size() != 2) return {};
    ProductShape p;
    p.turned = site.attributes->integer("transB", 0) != 0;
    p.depth = w[p.turned ? 1 : 0];
    p.columns = w[p.turned ? 0 : 1];
    if (x.back() != p.depth) return {};
    p.rows = countOf(x, 0, x.size() - 1);
    return p;
}

bool accepts(const Site& site) {
    const auto shape = productShape(site);
    if (!shape || site.has(9)) return false;
    const auto operands = integerOperands(site, shape->columns);
    return operands && (weightsFitBytes(site) || isByte(site.outputs[0].type));
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    const auto p = *productShape(site);
    const auto operands = *integerOperands(site, p.columns);
    if (weightsFitBytes(site))
        return std::unique_ptr<Prepared>(std::make_unique<MatMulBytes>(p, operands, site));
    return std::unique_ptr<Prepared>(
        std::make_unique<MatMulInteger>(p.rows, p.depth, p.columns, p.turned, operands, site));
}

Kernel kernelOf(std::string_view domain) {
    return {.name = "mat_mul_integer",
            .domain = domain,
            .op = "QLinearMatMul",
            .summary = "8-bit operands, constant two-dimensional weights; exact",
            .accepts = accepts,
            .prepare = prepare,
            .inPlace = nullptr};
}

}  // namespace

std::vector<Kernel> matMulIntegerKernels() { return {kernelOf(""), kernelOf("lathe")}; }

}  // namespace lathe::kernels
