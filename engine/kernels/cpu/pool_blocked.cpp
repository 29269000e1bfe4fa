// MaxPool, AveragePool and means over whole planes on blocked channels: every place is a vector. Parallel
// over images, blocks of channels and rows.
#include "engine/kernels/cpu/support_blocked.h"
#include "engine/kernels/cpu/support_pool.h"

namespace lathe::kernels {
namespace {

// Vectors read that are worth a task.
constexpr int64_t kTaskWork = 4096;

class PoolBlocked final : public Prepared {
  public:
    PoolBlocked(const PoolShape& shape, std::vector<float> weights, int64_t planes)
        : m_shape(shape), m_weights(std::move(weights)), m_planes(planes) {}

    size_t packedBytes() const override { return m_weights.size() * sizeof(float); }

    void run(const RunArguments& arguments) const override {
        const auto &y = m_shape.y, &x = m_shape.x;
        const int64_t block = channelBlock();
        const int64_t rowWork = std::max<int64_t>(1, x.out * y.kernel * x.kernel);
        const int64_t grain = std::max<int64_t>(1, kTaskWork / rowWork);
        arguments.workers->forRange(m_planes * y.out, grain, [&](int64_t begin, int64_t end) {
            for (int64_t row = begin; row < end;) {
                const int64_t plane = row / y.out;
                PoolPlane p;
                p.input = floats(arguments.inputs[0]) + plane * y.in * x.in * block;
                p.weights = m_weights.empty() ? nullptr : m_weights.data();
                p.output = floats(arguments.outputs[0]) + plane * y.out * x.out * block;
                p.y = y;
                p.x = x;
                p.firstRow = row % y.out;
                p.lastRow = std::min(y.out, p.firstRow + end - row);
                micro().poolPlane(p);
                row += p.lastRow - p.firstRow;
            }
        });
    }

  private:
    PoolShape m_shape;
    std::vector<float> m_weights;  // of an average
    int64_t m_planes;              // of blocks
};

// [N, C, H, W] to [N, C, 1, 1] blocked, or to [N, C] plain.
class MeanBlocked final : public Prepared {
  public:
    MeanBlocked(tensor::Dimensions in, Layout outLayout)
        : m_batch(in[0]),
          m_channels(in[1]),
          m_places(in[2] * in[3]),
          m_plainOutput(outLayout == Layout::plain) {}

    void run(const RunArguments& arguments) const override {
        const int64_t block = channelBlock(), blocks = blocksOf(m_channels);
        const int64_t grain = std::max<int64_t>(1, kTaskWork / m_places);
        arguments.workers->forRange(m_batch * blocks, grain, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; ++i) {
                const float* in = floats(arguments.inputs[0]) + i * m_places * block;
                float* out = floats(arguments.outputs[0]);
                if (!m_plainOutput) {
                    micro().planeMean(in, out + i * block, m_places);
                    continue;
                }
                float means[kLargestBlock];
                micro().planeMean(in, means, m_places);
                const int64_t first = i % blocks * block;
                std::copy_n(means, std::min(block, m_channels - first),
                            out + i / blocks * m_channels + first);
            }
        });
    }

  private:
    int64_t m_batch, m_channels, m_places;
    bool m_plainOutput;
};

bool acceptsPool(const Site& site) {
    return poolShape(site) && outputShape(site).size() == 4 && site.inputs[0].layout == Layout::blocked &&
           site.outputs[0].layout == Layout::blocked;
}

base::Result<std::unique_ptr<Prepared>> preparePool(const Site& site) {
    const auto shape = *poolShape(site);
    return std::unique_ptr<Prepared>(std::make_unique<PoolBlocked>(
        shape, averageWeights(site, shape), outputShape(site)[0] * blocksOf(outputShape(site)[1])));
}

// Over the two spatial axes and no others.
bool reducesPlanes(const Site& site) {
    if (site.op == "GlobalAveragePool") return true;
    std::vector<int64_t> axes = site.attributes->integers("axes");
    if (site.has(1)) {
        if (!constantOf(site, 1)) return false;
        axes = tensor::toIntegers(*constantOf(site, 1));
    }
    for (auto& axis : axes)
        if (axis < 0) axis += 4;
    std::sort(axes.begin(), axes.end());
    return axes == std::vector<int64_t>{2, 3};
}

bool acceptsMean(const Site& site) {
    if (!isFloat(site, 0) || !makesFloat(site) || site.inputs[0].layout != Layout::blocked) return false;
    const auto rank = outputShape(site).size();
    return shapeOf(site, 0).size() == 4 && countOf(shapeOf(site, 0), 2, 4) > 0 && reducesPlanes(site) &&
           (site.outputs[0].layout == Layout::blocked ? rank == 4 : rank == 2);
}

base::Result<std::unique_ptr<Prepared>> prepareMean(const Site& site) {
    return std::unique_ptr<Prepared>(std::make_unique<MeanBlocked>(shapeOf(site, 0), site.outputs[0].layout));
}

}  // namespace

std::vector<Kernel> poolBlockedKernels() {
    std::vector<Kernel> kernels;
    for (const auto& [op, name] :
         {std::pair<std::string_view, std::string_view>{"MaxPool", "pool_blocked_max"},
          {"AveragePool", "pool_blocked_average"}})
        kernels.push_back({.name = name,
                           .domain = {},
                           .op = op,
                           .summary = "float32 on blocked channels",
                           .accepts = acceptsPool,
                           .prepare = preparePool,
                           .inPlace = nullptr,
                           .blocked = true});
    for (const std::string_view op : {"GlobalAveragePool", "ReduceMean"})
        kernels.push_back({.name = "pool_blocked_mean",
                           .domain = {},
                           .op = op,
                           .summary = "float32 on blocked channels, means of planes",
                           .accepts = acceptsMean,
                           .prepare = prepareMean,
                           .inPlace = nullptr,
                           .blocked = true});
    return kernels;
}

}  // namespace lathe::kernels
