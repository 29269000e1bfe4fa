// Matrix product of 8-bit integers with constant weights (QLinearMatMul, and the fused form of dequantize,
// Gemm or MatMul, quantize): both operands are packed as pairs of 16-bit values, so the sums are exact.
#include "engine/kernels/cpu/support_integer.h"

namespace lathe::kernels {
namespace {

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

struct ProductShape {
    int64_t rows = 0, depth = 0, columns = 0;
    bool turned = false;  // weights [columns, depth]
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
    return shape && integerOperands(site, shape->columns).has_value();
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    const auto p = *productShape(site);
    return std::unique_ptr<Prepared>(std::make_unique<MatMulInteger>(
        p.rows, p.depth, p.columns, p.turned, *integerOperands(site, p.columns), site));
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
