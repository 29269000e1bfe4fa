// Matrix products of float32: Gemm, and MatMul with batches. A constant B is packed once; otherwise it is
// packed in each run. Bias and clamp are applied while the result is in registers.
#include "engine/kernels/cpu/gemm.h"
#include "engine/kernels/cpu/support_conv.h"

namespace lathe::kernels {
namespace {

struct Product {
    int64_t rows = 0, columns = 0, depth = 0;
    int64_t aRowStride = 0, aDepthStride = 1;
    int64_t bDepthStride = 0, bColumnStride = 1;
    // One item a batch: where A and B start, in elements.
    std::vector<int64_t> aStarts{0}, bStarts{0};
    int64_t cInput = -1;      // input with the bias
    bool biasByRow = false;   // else by column
    bool biasScalar = false;  // one number for all
};

class MatMul final : public Prepared {
  public:
    MatMul(Product product, const Site& site, float alpha, float beta)
        : m_product(std::move(product)), m_clamp(clampOf(site)) {
        const auto& p = m_product;
        m_panels = panelCount(p.columns, micro().columns);
        if (const auto* b = constantOf(site, 1); b && p.bStarts.size() == 1) {
            m_packed.resize(static_cast<size_t>(packedColumnsSize(p.columns, p.depth)));
            packColumns(b->values<float>().data(), p.bDepthStride, p.bColumnStride, p.columns, p.depth, 0,
                        m_panels, m_packed.data());
            for (auto& value : m_packed) value *= alpha;
        }
        if (p.cInput >= 0) makeBias(constantOf(site, static_cast<size_t>(p.cInput))->values<float>(), beta);
    }

    size_t scratchBytes() const override {
        return m_packed.empty() ? static_cast<size_t>(packedColumnsSize(m_product.columns, m_product.depth)) *
                                      sizeof(float)
                                : 0;
    }
    size_t packedBytes() const override { return (m_packed.size() + m_bias.size()) * sizeof(float); }
    bool packs(size_t input) const override {
        return (input == 1 && !m_packed.empty()) || (input == 2 && !m_bias.empty());
    }

    void run(const RunArguments& arguments) const override {
        const auto& p = m_product;
        float* scratch = floats(arguments.scratch);
        for (size_t batch = 0; batch < p.aStarts.size(); ++batch) {
            FloatGemm gemm;
            gemm.rows = p.rows;
            gemm.columns = p.columns;
            gemm.depth = p.depth;
            gemm.a = floats(arguments.inputs[0]) + p.aStarts[batch];
            gemm.aRowStride = p.aRowStride;
            gemm.aDepthStride = p.aDepthStride;
            gemm.packedB = m_packed.data();
            if (m_packed.empty()) {
                const bool same = batch > 0 && p.bStarts[batch] == p.bStarts[batch - 1];
                if (!same) {
                    const float* b = floats(arguments.inputs[1]) + p.bStarts[batch];
                    arguments.workers->forRange(m_panels, 4, [&](int64_t begin, int64_t end) {
                        packColumns(b, p.bDepthStride, p.bColumnStride, p.columns, p.depth, begin, end,
                                    scratch + begin * micro().columns * p.depth);
                    });
                }
                gemm.packedB = scratch;
            }
            gemm.c = floats(arguments.outputs[0]) + static_cast<int64_t>(batch) * p.rows * p.columns;
            gemm.cStride = p.columns;
            if (!m_bias.empty()) (p.biasByRow ? gemm.rowBias : gemm.columnBias) = m_bias.data();
            gemm.clamp = m_clamp;
            multiply(gemm, *arguments.workers);
        }
    }

  private:
    void makeBias(std::span<const float> c, float beta) {
        m_bias.resize(static_cast<size_t>(m_product.biasByRow ? m_product.rows : m_product.columns));
        for (size_t i = 0; i < m_bias.size(); ++i) m_bias[i] = beta * c[m_product.biasScalar ? 0 : i];
    }

    Product m_product;
    Clamp m_clamp;
    int64_t m_panels = 0;
    std::vector<float> m_packed, m_bias;
};

bool floatProduct(const Site& site) { return isFloat(site, 0) && isFloat(site, 1) && makesFloat(site); }

// Where the matrices of a broadcast batch start.
std::vector<int64_t> starts(tensor::Dimensions operand, tensor::Dimensions batch, int64_t matrix) {
    std::vector<int64_t> result(static_cast<size_t>(tensor::elementCount(batch)), 0);
    for (size_t i = 0; i < result.size(); ++i) {
        int64_t rest = static_cast<int64_t>(i), stride = matrix;
        for (size_t axis = 0; axis < batch.size(); ++axis) {
            const size_t fromEnd = axis + 1;
            const int64_t at = rest % batch[batch.size() - fromEnd];
            rest /= batch[batch.size() - fromEnd];
            if (fromEnd > operand.size()) continue;
            const int64_t dim = operand[operand.size() - fromEnd];
            if (dim > 1) result[i] += at * stride;
            stride *= dim;
        }
    }
    return result;
}

Product matMulProduct(const Site& site) {
    tensor::Shape a = shapeOf(site, 0), b = shapeOf(site, 1);
    if (a.size() == 1) a.insert(a.begin(), 1);
    if (b.size() == 1) b.push_back(1);
    Product p;
    p.rows = a[a.size() - 2];
    p.depth = a.back();
    p.columns = b.back();
    p.aRowStride = p.depth;
    p.bDepthStride = p.columns;
    const tensor::Dimensions aBatch(a.data(), a.size() - 2), bBatch(b.data(), b.size() - 2);
    if (bBatch.empty() || tensor::elementCount(bBatch) == 1) {
        // One B for all: the rows of all batches are the rows of one product.
        p.rows *= tensor::elementCount(aBatch);
        return p;
    }
    const auto batch = *tensor::broadcast(aBatch, bBatch);
    p.aStarts = starts(aBatch, batch, p.rows * p.depth);
    p.bStarts = starts(bBatch, batch, p.depth * p.columns);
    return p;
}

bool acceptsMatMul(const Site& site) { return floatProduct(site); }

base::Result<std::unique_ptr<Prepared>> prepareMatMul(const Site& site) {
    auto product = matMulProduct(site);
    if (site.has(2)) {  // `lathe` MatMul: a bias of one item a column
        product.cInput = 2;
        product.biasScalar = site.inputs[2].constant->elementCount() == 1;
    }
    return std::unique_ptr<Prepared>(std::make_unique<MatMul>(std::move(product), site, 1.0f, 1.0f));
}

bool acceptsGemm(const Site& site) {
    if (!floatProduct(site)) return false;
    if (site.attributes->real("alpha", 1) != 1.0f && !constantOf(site, 1)) return false;
    if (!site.has(2)) return true;
    const auto* c = constantOf(site, 2);
    if (!c || c->type() != tensor::DataType::float32) return false;
    const auto& shape = c->shape();
    const bool matrix = shape.size() == 2 && shape[0] != 1 && shape[1] != 1;
    return !matrix;
}

base::Result<std::unique_ptr<Prepared>> prepareGemm(const Site& site) {
    const auto &a = shapeOf(site, 0), &b = shapeOf(site, 1);
    const bool turnA = site.attributes->integer("transA", 0) != 0,
               turnB = site.attributes->integer("transB", 0) != 0;
    Product p;
    p.rows = a[turnA ? 1 : 0];
    p.depth = a[turnA ? 0 : 1];
    p.columns = b[turnB ? 0 : 1];
    p.aRowStride = turnA ? 1 : p.depth;
    p.aDepthStride = turnA ? p.rows : 1;
    p.bDepthStride = turnB ? 1 : p.columns;
    p.bColumnStride = turnB ? p.depth : 1;
    if (site.has(2)) {
        const auto& c = *constantOf(site, 2);
        p.cInput = 2;
        p.biasScalar = c.elementCount() == 1;
        p.biasByRow = c.rank() == 2 && c.dimension(1) == 1 && c.dimension(0) != 1;
    }
    return std::unique_ptr<Prepared>(std::make_unique<MatMul>(
        std::move(p), site, site.attributes->real("alpha", 1), site.attributes->real("beta", 1)));
}

}  // namespace

std::vector<Kernel> matMulKernels() {
    std::vector<Kernel> kernels;
    for (const std::string_view domain : {"", "lathe"}) {
        kernels.push_back({.name = "gemm_packed",
                           .domain = domain,
                           .op = "Gemm",
                           .summary = "float32; a constant C of one row, one column or one number",
                           .accepts = acceptsGemm,
                           .prepare = prepareGemm,
                           .inPlace = nullptr});
        kernels.push_back({.name = "mat_mul_packed",
                           .domain = domain,
                           .op = "MatMul",
                           .summary = "float32, any batch",
                           .accepts = acceptsMatMul,
                           .prepare = prepareMatMul,
                           .inPlace = nullptr});
    }
    return kernels;
}

}  // namespace lathe::kernels
