// Sums, means and extremes of float32 over axes that lie together: the tensor is seen as [outer, reduced,
// inner]. Sums are kept in double, so the result does not depend on their order to float accuracy.
#include <limits>
#include <numeric>
#include <optional>

#include "engine/kernels/cpu/support_site.h"

namespace lathe::kernels {
namespace {

enum class Kind { sum, mean, largest, smallest };

struct Extent {
    int64_t outer = 1, reduced = 1, inner = 1;
};

std::optional<std::vector<int64_t>> axesOf(const Site& site) {
    const auto rank = static_cast<int64_t>(shapeOf(site, 0).size());
    std::vector<int64_t> axes;
    if (site.op == "GlobalAveragePool" || site.op == "GlobalMaxPool") {
        for (int64_t i = 2; i < rank; ++i) axes.push_back(i);
        return axes;
    }
    if (site.has(1)) {
        const auto* constant = constantOf(site, 1);
        if (!constant) return {};
        axes = tensor::toIntegers(*constant);
    } else {
        axes = site.attributes->integers("axes");
    }
    if (axes.empty()) {
        if (site.attributes->integer("noop_with_empty_axes", 0) != 0) return {};
        for (int64_t i = 0; i < rank; ++i) axes.push_back(i);
    }
    for (auto& axis : axes) {
        const auto normal = tensor::normalizedAxis(axis, rank);
        if (!normal) return {};
        axis = *normal;
    }
    std::sort(axes.begin(), axes.end());
    return axes;
}

std::optional<Extent> extentOf(const Site& site) {
    const auto axes = axesOf(site);
    if (!axes || axes->empty()) return {};
    const auto& shape = shapeOf(site, 0);
    const auto first = static_cast<size_t>(axes->front()), last = static_cast<size_t>(axes->back()) + 1;
    // Axes between them that are not reduced must be of size 1.
    for (size_t i = first; i < last; ++i)
        if (shape[i] != 1 && std::find(axes->begin(), axes->end(), static_cast<int64_t>(i)) == axes->end())
            return {};
    return Extent{countOf(shape, 0, first), countOf(shape, first, last), countOf(shape, last, shape.size())};
}

double sumOf(const float* x, int64_t count) {
    double sums[4] = {};
    int64_t i = 0;
    for (; i + 4 <= count; i += 4)
        for (int64_t j = 0; j < 4; ++j) sums[j] += static_cast<double>(x[i + j]);
    for (; i < count; ++i) sums[0] += static_cast<double>(x[i]);
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

class Reduce final : public Prepared {
  public:
    Reduce(const Extent& extent, Kind kind) : m_extent(extent), m_kind(kind) {}
    void run(const RunArguments& arguments) const override {
        const float* x = floats(arguments.inputs[0]);
        float* y = floats(arguments.outputs[0]);
        const int64_t outer = m_extent.outer;
        const int64_t reduced = m_extent.reduced;
        const int64_t inner = m_extent.inner;
        if (inner == 1) {
            const int64_t grain = std::max<int64_t>(1, 8192 / reduced);
            arguments.workers->forRange(outer, grain, [&](int64_t begin, int64_t end) {
                for (int64_t i = begin; i < end; ++i) y[i] = row(x + i * reduced);
            });
            return;
        }
        const int64_t grain = std::max<int64_t>(1, 8192 / reduced);
        arguments.workers->forRange(outer * inner, grain, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; ++i) y[i] = column(x + i / inner * reduced * inner + i % inner);
        });
    }

  private:
    float row(const float* x) const {
        const int64_t count = m_extent.reduced;
        if (m_kind == Kind::sum) return static_cast<float>(sumOf(x, count));
        if (m_kind == Kind::mean) return static_cast<float>(sumOf(x, count) / static_cast<double>(count));
        float best = x[0];
        for (int64_t i = 1; i < count; ++i) best = better(best, x[i]);
        return best;
    }
    float column(const float* x) const {
        if (m_kind == Kind::largest || m_kind == Kind::smallest) {
            float best = x[0];
            for (int64_t i = 1; i < m_extent.reduced; ++i) best = better(best, x[i * m_extent.inner]);
            return best;
        }
        double sum = 0;
        for (int64_t i = 0; i < m_extent.reduced; ++i) sum += static_cast<double>(x[i * m_extent.inner]);
        return static_cast<float>(m_kind == Kind::mean ? sum / static_cast<double>(m_extent.reduced) : sum);
    }
    float better(float best, float x) const {
        return (m_kind == Kind::largest ? x > best : x < best) ? x : best;
    }

    Extent m_extent;
    Kind m_kind;
};

struct Entry {
    std::string_view op;
    std::string_view kernel;
    Kind kind;
};

constexpr Entry kEntries[] = {
    {"GlobalAveragePool", "reduce_global_average", Kind::mean},
    {"GlobalMaxPool", "reduce_global_max", Kind::largest},
    {"ReduceMax", "reduce_max", Kind::largest},
    {"ReduceMean", "reduce_mean", Kind::mean},
    {"ReduceMin", "reduce_min", Kind::smallest},
    {"ReduceSum", "reduce_sum", Kind::sum},
};

bool accepts(const Site& site) { return isFloat(site, 0) && makesFloat(site) && extentOf(site).has_value(); }

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    Kind kind = Kind::sum;
    for (const auto& entry : kEntries)
        if (entry.op == site.op) kind = entry.kind;
    return std::unique_ptr<Prepared>(std::make_unique<Reduce>(*extentOf(site), kind));
}

}  // namespace

std::vector<Kernel> reduceKernels() {
    std::vector<Kernel> kernels;
    for (const auto& entry : kEntries)
        kernels.push_back({.name = entry.kernel,
                           .domain = {},
                           .op = entry.op,
                           .summary = "float32, neighbouring axes",
                           .accepts = accepts,
                           .prepare = prepare,
                           .inPlace = nullptr});
    return kernels;
}

}  // namespace lathe::kernels
