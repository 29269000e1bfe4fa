// Softmax and LogSoftmax of float32 along one axis: y = exp(x - max) / sum, or x - max - log(sum). The tensor
// is seen as [outer, length, inner].
#include <cmath>
#include <optional>

#include "engine/kernels/cpu/micro.h"
#include "engine/kernels/cpu/support_site.h"

namespace lathe::kernels {
namespace {

class Softmax final : public Prepared {
  public:
    Softmax(int64_t outer, int64_t length, int64_t inner, bool logarithm)
        : m_outer(outer), m_length(length), m_inner(inner), m_logarithm(logarithm) {}

    // With inner elements: largest and sum of each column.
    size_t scratchBytes() const override {
        return m_inner == 1 ? 0 : static_cast<size_t>(2 * m_outer * m_inner) * sizeof(float);
    }

    void run(const RunArguments& arguments) const override {
        const float* x = floats(arguments.inputs[0]);
        float* y = floats(arguments.outputs[0]);
        float* scratch = floats(arguments.scratch);
        const int64_t size = m_length * m_inner;
        const int64_t grain = std::max<int64_t>(1, 4096 / size);
        arguments.workers->forRange(m_outer, grain, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; ++i) {
                if (m_inner > 1)
                    block(x + i * size, y + i * size, scratch + 2 * i * m_inner);
                else if (m_logarithm)
                    logarithmRow(x + i * size, y + i * size);
                else
                    row(x + i * size, y + i * size);
            }
        });
    }

  private:
    void scale(const float* in, float* out, float mean, float rest, float factor) const {
        RowScale r;
        r.in = in;
        r.out = out;
        r.count = m_length;
        r.mean = mean;
        r.rest = rest;
        r.factor = factor;
        micro().scaleRow(r);
    }

    void row(const float* x, float* y) const {
        const float largest = micro().rowLargest(x, nullptr, nullptr, m_length);
        scale(y, y, 0, 0, 1.0f / micro().exponentialSum(x, y, m_length, largest));
    }

    void logarithmRow(const float* x, float* y) const {
        const float largest = micro().rowLargest(x, nullptr, nullptr, m_length);
        const float sum = micro().exponentialSum(x, y, m_length, largest);
        scale(x, y, largest, std::log(sum), 1);
    }

    void block(const float* x, float* y, float* columns) const {
        float *largest = columns, *sums = columns + m_inner;
        for (int64_t j = 0; j < m_inner; ++j) largest[j] = x[j];
        for (int64_t i = 1; i < m_length; ++i)
            for (int64_t j = 0; j < m_inner; ++j) {
                const float value = x[i * m_inner + j];
                largest[j] = value > largest[j] ? value : largest[j];
            }
        for (int64_t j = 0; j < m_inner; ++j) sums[j] = 0;
        for (int64_t i = 0; i < m_length; ++i) {
            float* out = y + i * m_inner;
            for (int64_t j = 0; j < m_inner; ++j) out[j] = x[i * m_inner + j] - largest[j];
            micro().apply(MicroFunction::exponential, out, out, m_inner);
            for (int64_t j = 0; j < m_inner; ++j) sums[j] += out[j];
        }
        for (int64_t j = 0; j < m_inner; ++j) sums[j] = 1.0f / sums[j];
        for (int64_t i = 0; i < m_length; ++i)
            for (int64_t j = 0; j < m_inner; ++j) y[i * m_inner + j] *= sums[j];
    }

    int64_t m_outer, m_length, m_inner;
    bool m_logarithm;
};

std::optional<size_t> axisOf(const Site& site) {
    const auto rank = static_cast<int64_t>(shapeOf(site, 0).size());
    const auto axis = tensor::normalizedAxis(site.attributes->integer("axis", -1), rank);
    return axis ? std::optional<size_t>(static_cast<size_t>(*axis)) : std::nullopt;
}

bool accepts(const Site& site) {
    if (!isFloat(site, 0) || !makesFloat(site) || shapeOf(site, 0).empty()) return false;
    const auto& shape = shapeOf(site, 0);
    const auto axis = axisOf(site);
    return site.op == "Softmax" || (axis && countOf(shape, *axis + 1, shape.size()) == 1);
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    const auto& shape = shapeOf(site, 0);
    const auto at = axisOf(site);
    if (!at) return base::Error::badInput(site.label + ": the axis lies outside the shape");
    return std::unique_ptr<Prepared>(std::make_unique<Softmax>(
        countOf(shape, 0, *at), shape[*at], countOf(shape, *at + 1, shape.size()), site.op == "LogSoftmax"));
}

}  // namespace

std::vector<Kernel> softmaxKernels() {
    return {{.name = "softmax_rows",
             .domain = {},
             .op = "Softmax",
             .summary = "float32, any axis",
             .accepts = accepts,
             .prepare = prepare,
             .inPlace = overFirstInput},
            {.name = "softmax_logarithm",
             .domain = {},
             .op = "LogSoftmax",
             .summary = "float32, the last axis",
             .accepts = accepts,
             .prepare = prepare,
             .inPlace = nullptr}};
}

}  // namespace lathe::kernels
