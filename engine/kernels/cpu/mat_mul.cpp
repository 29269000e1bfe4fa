// Matrix products of float32: Gemm, and MatMul with batches. A constant B is packed once; otherwise it is
// packed in each run. A constant B of 16-bit floats stays in them; blocks of it are widened where they are
// multiplied. Residual, bias, clamp and function are applied while the result is in registers; a
// `lathe` node has the residual as input 3.
#include "engine/kernels/cpu/gemm.h"
#include "engine/kernels/cpu/support_blocked.h"
#include "engine/kernels/cpu/support_half.h"
#include "engine/kernels/cpu/support_packed.h"

namespace lathe::kernels {
namespace {

// Batches that are computed at once, each with a packed B of its own.
constexpr int64_t kSlots = 16;

struct Product {
    int64_t rows = 0, columns = 0, depth = 0;
    int64_t aRowStride = 0, aDepthStride = 1;
    int64_t bDepthStride = 0, bColumnStride = 1;
    // One item a batch: where A and B start, in elements.
    std::vector<int64_t> aStarts{0}, bStarts{0};
    int64_t bCount = 1;         // matrices in B
    size_t biasInput = 0;       // 0: none
    bool biasByRow = false;     // else by column
    bool biasScalar = false;    // one number for all
    size_t residualInput = 0;   // 0: none; as the result
    float alpha = 1, beta = 1;  // of A * B and of the bias

    auto batches() const { return static_cast<int64_t>(aStarts.size()); }
    int64_t panels() const { return panelCount(columns, micro().columns); }
    int64_t packedSize() const { return packedColumnsSize(columns, depth); }
};

class MatMul final : public Prepared {
  public:
    MatMul(Product product, const Site& site)
        : m_product(std::move(product)), m_clamp(clampOf(site)), m_function(*functionOf(site)) {
        const auto& p = m_product;
        if (isHalfWeight(site, 1)) {
            m_halfType = *halfType(site.inputs[1].type);
            m_halves = PackedHalves(p.packedSize());
            packHalfColumns(m_halfType, halves(constantOf(site, 1)->bytes().data()), p.bDepthStride,
                            p.bColumnStride, p.columns, p.depth, m_halves.data());
        } else if (const auto* b = constantOf(site, 1)) {
            m_packed = PackedFloats(p.packedSize() * p.bCount);
            const auto* from = floats(b->bytes().data());
            for (int64_t i = 0; i < p.bCount; ++i)
                pack(from + i * p.depth * p.columns, 0, p.panels(), m_packed.data() + i * p.packedSize());
            if (p.alpha != 1.0f)
                for (int64_t i = 0; i < m_packed.size(); ++i) m_packed.data()[i] *= p.alpha;
        }
        if (p.biasInput) makeBias(constantOf(site, p.biasInput)->values<float>());
    }

    size_t scratchBytes() const override {
        const auto& p = m_product;
        if (!m_packed.empty()) return 0;
        const int64_t count =
            m_halves.empty() ? p.packedSize() * slots() : halfScratchSize(p.rows, p.columns, p.depth);
        return static_cast<size_t>(count) * sizeof(float);
    }
    size_t packedBytes() const override {
        return m_packed.bytes() + m_halves.bytes() + m_bias.size() * sizeof(float);
    }
    bool packs(size_t input) const override {
        return (input == 1 && !(m_packed.empty() && m_halves.empty())) ||
               (input == m_product.biasInput && !m_bias.empty());
    }

    void run(const RunArguments& arguments) const override {
        const auto& p = m_product;
        const int64_t together = slots();
        arguments.workers->forRange(together, 1, [&](int64_t begin, int64_t end) {
            for (int64_t slot = begin; slot < end; ++slot) {
                float* scratch = floats(arguments.scratch) + slot * p.packedSize();
                int64_t held = -1;
                for (int64_t batch = p.batches() * slot / together;
                     batch < p.batches() * (slot + 1) / together; ++batch)
                    runBatch(static_cast<size_t>(batch), scratch, held, arguments);
            }
        });
    }

  private:
    // With few batches the threads share each product, with many they take one each.
    int64_t slots() const { return m_product.batches() < 4 ? 1 : std::min(kSlots, m_product.batches()); }

    void pack(const float* b, int64_t first, int64_t last, float* panels) const {
        const auto& p = m_product;
        packColumns(b, p.bDepthStride, p.bColumnStride, p.columns, p.depth, first, last, panels);
    }

    // B as panels. `held` is the start of the matrix that the scratch has panels of.
    const float* panelsOf(int64_t start, float* scratch, int64_t& held, const RunArguments& arguments) const {
        const auto& p = m_product;
        if (!m_packed.empty()) return m_packed.data() + start / (p.depth * p.columns) * p.packedSize();
        if (held != start) {
            const float* b = floats(arguments.inputs[1]) + start;
            arguments.workers->forRange(p.panels(), 4, [&](int64_t begin, int64_t end) {
                pack(b, begin, end, scratch + begin * micro().columns * p.depth);
            });
            held = start;
        }
        return scratch;
    }

    void runBatch(size_t batch, float* scratch, int64_t& held, const RunArguments& arguments) const {
        const auto& p = m_product;
        const int64_t start = static_cast<int64_t>(batch) * p.rows * p.columns;
        FloatGemm gemm;
        gemm.rows = p.rows;
        gemm.columns = p.columns;
        gemm.depth = p.depth;
        gemm.a = floats(arguments.inputs[0]) + p.aStarts[batch];
        gemm.aRowStride = p.aRowStride;
        gemm.aDepthStride = p.aDepthStride;
        if (m_halves.empty()) {
            gemm.packedB = panelsOf(p.bStarts[batch], scratch, held, arguments);
        } else {
            gemm.halfB = m_halves.data();
            gemm.halfType = m_halfType;
            gemm.scratch = scratch;
        }
        gemm.c = floats(arguments.outputs[0]) + start;
        gemm.cStride = p.columns;
        if (p.residualInput) gemm.residual = floats(arguments.inputs[p.residualInput]) + start;
        if (!m_bias.empty()) (p.biasByRow ? gemm.rowBias : gemm.columnBias) = m_bias.data();
        gemm.clamp = m_clamp;
        gemm.function = m_function;
        multiply(gemm, *arguments.workers);
    }

    void makeBias(std::span<const float> c) {
        m_bias.resize(static_cast<size_t>(m_product.biasByRow ? m_product.rows : m_product.columns));
        for (size_t i = 0; i < m_bias.size(); ++i)
            m_bias[i] = m_product.beta * c[m_product.biasScalar ? 0 : i];
    }

    Product m_product;
    Clamp m_clamp;
    MicroFunction m_function;
    PackedFloats m_packed;
    PackedHalves m_halves;
    HalfType m_halfType = HalfType::float16;
    std::vector<float> m_bias;
};

// The residual of a fused node lies as the result does, under whatever shape.
bool fitsResidual(const Site& site) {
    return !site.has(3) || (isFloat(site, 3) && tensor::elementCount(shapeOf(site, 3)) ==
                                                    tensor::elementCount(outputShape(site)));
}

bool floatProduct(const Site& site) {
    return isFloat(site, 0) && (isFloat(site, 1) || isHalfWeight(site, 1)) && makesFloat(site) &&
           functionOf(site) && fitsResidual(site);
}

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
    p.bCount = tensor::elementCount(bBatch);
    return p;
}

// A `lathe` MatMul has a constant bias of one item a column, or one for all.
bool acceptsMatMul(const Site& site) {
    if (!floatProduct(site) || (site.has(2) && !(isFloat(site, 2) && constantOf(site, 2)))) return false;
    return isFloat(site, 1) || matMulProduct(site).batches() == 1;
}

base::Result<std::unique_ptr<Prepared>> prepareMatMul(const Site& site) {
    auto product = matMulProduct(site);
    if (site.has(2)) {
        product.biasInput = 2;
        product.biasScalar = site.inputs[2].constant->elementCount() == 1;
    }
    if (site.has(3)) product.residualInput = 3;
    return std::unique_ptr<Prepared>(std::make_unique<MatMul>(std::move(product), site));
}

// C is a matrix like the result, to be added as it is.
bool addsMatrix(const Site& site) {
    return site.has(2) && !site.has(3) && isFloat(site, 2) && site.attributes->real("beta", 1) == 1.0f &&
           shapeOf(site, 2) == outputShape(site);
}

bool acceptsGemm(const Site& site) {
    if (!floatProduct(site)) return false;
    // A factor goes into the packed weights.
    const bool scalable = constantOf(site, 1) && isFloat(site, 1);
    if (site.attributes->real("alpha", 1) != 1.0f && !scalable) return false;
    if (!site.has(2)) return true;
    const auto* c = constantOf(site, 2);
    if (!c) return addsMatrix(site);
    if (c->type() != tensor::DataType::float32) return false;
    const auto& shape = c->shape();
    const bool matrix = shape.size() == 2 && shape[0] != 1 && shape[1] != 1;
    return !matrix || addsMatrix(site);
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
    p.alpha = site.attributes->real("alpha", 1);
    p.beta = site.attributes->real("beta", 1);
    if (site.has(3)) p.residualInput = 3;
    const auto* c = constantOf(site, 2);
    const bool vector =
        c && (c->elementCount() == 1 || c->rank() < 2 || c->dimension(0) == 1 || c->dimension(1) == 1);
    if (vector) {
        p.biasInput = 2;
        p.biasScalar = c->elementCount() == 1;
        p.biasByRow = c->rank() == 2 && c->dimension(1) == 1 && c->dimension(0) != 1;
    } else if (site.has(2)) {
        p.residualInput = 2;
    }
    return std::unique_ptr<Prepared>(std::make_unique<MatMul>(std::move(p), site));
}

// Over the residual: each element is read just before its place is written first.
int overAddend(const Site& site, size_t) {
    if (site.has(3)) return 3;
    return site.op == "Gemm" && !constantOf(site, 2) && addsMatrix(site) ? 2 : -1;
}

}  // namespace

std::vector<Kernel> matMulKernels() {
    std::vector<Kernel> kernels;
    for (const std::string_view domain : {"", "lathe"}) {
        kernels.push_back({.name = "gemm_packed",
                           .domain = domain,
                           .op = "Gemm",
                           .summary = "float32, constant B of any float; C is constant with one row, one "
                                      "column or one number, or a "
                                      "matrix that is added as it is",
                           .accepts = acceptsGemm,
                           .prepare = prepareGemm,
                           .inPlace = overAddend,
                           .unalignedConstant = 1});
        kernels.push_back({.name = "mat_mul_packed",
                           .domain = domain,
                           .op = "MatMul",
                           .summary = "float32, constant B of any float, any batch",
                           .accepts = acceptsMatMul,
                           .prepare = prepareMatMul,
                           .inPlace = overAddend,
                           .unalignedConstant = 1});
    }
    return kernels;
}

}  // namespace lathe::kernels
