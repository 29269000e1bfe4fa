// Depthwise convolution on blocked channels, one filter a channel: a vector holds the channels of one place,
// the image is read in place and runs of sums stay in registers. Parallel over images, blocks of channels and
// chunks of rows.
#include "engine/kernels/cpu/support_blocked.h"
#include "engine/kernels/cpu/support_half.h"

namespace lathe::kernels {
namespace {

// Multiply-adds of vectors that are worth a task.
constexpr int64_t kTaskWork = 8192;
// Enough tasks for the threads of a desktop to share evenly.
constexpr int64_t kTasks = 16;

class ConvBlockedDepthwise final : public Prepared {
  public:
    ConvBlockedDepthwise(const ConvShape& shape, const Site& site)
        : m_shape(shape), m_epilogue(site, shape.groups), m_blocks(blocksOf(shape.groups)) {
        const auto weight = widened(*constantOf(site, 1));
        packWeights(weight.values<float>());
        const int64_t work = shape.outPlane() * shape.kernelHeight * shape.kernelWidth;
        const int64_t planes = shape.batch * m_blocks;
        if (planes < kTasks)
            m_chunks = std::clamp<int64_t>(
                std::min(work / kTaskWork, (kTasks + planes - 1) / std::max<int64_t>(1, planes)), 1,
                std::max<int64_t>(1, shape.outHeight));
        m_grain = std::max<int64_t>(1, kTaskWork / std::max<int64_t>(1, work / m_chunks));
    }

    size_t packedBytes() const override {
        return m_weights.size() * sizeof(float) + m_epilogue.packedBytes();
    }
    bool packs(size_t input) const override { return input == 1 || input == 2; }

    void run(const RunArguments& arguments) const override {
        const int64_t tasks = m_shape.batch * m_blocks * m_chunks;
        arguments.workers->forRange(tasks, m_grain, [&](int64_t begin, int64_t end) {
            for (int64_t task = begin; task < end; ++task) runTask(task, arguments);
        });
    }

  private:
    // [block][ky][kx][channel of the block], zero-filled.
    void packWeights(std::span<const float> weight) {
        const int64_t block = channelBlock(), taps = m_shape.kernelHeight * m_shape.kernelWidth;
        m_weights.assign(static_cast<size_t>(m_blocks * taps * block), 0);
        for (int64_t c = 0; c < m_shape.groups; ++c)
            for (int64_t tap = 0; tap < taps; ++tap)
                m_weights[static_cast<size_t>((c / block * taps + tap) * block + c % block)] =
                    weight[static_cast<size_t>(c * taps + tap)];
    }

    void runTask(int64_t task, const RunArguments& arguments) const {
        const auto& s = m_shape;
        const int64_t block = channelBlock(), chunk = task % m_chunks, plane = task / m_chunks;
        const int64_t channel = plane % m_blocks * block;
        DepthwisePlane p;
        p.input = floats(arguments.inputs[0]) + plane * s.inPlane() * block;
        p.output = floats(arguments.outputs[0]) + plane * s.outPlane() * block;
        p.weights = m_weights.data() + channel * s.kernelHeight * s.kernelWidth;
        p.bias = m_epilogue.bias(channel);
        p.inHeight = s.inHeight;
        p.inWidth = s.inWidth;
        p.outWidth = s.outWidth;
        p.kernelHeight = s.kernelHeight;
        p.kernelWidth = s.kernelWidth;
        p.strideY = s.strideY;
        p.strideX = s.strideX;
        p.dilationY = s.dilationY;
        p.dilationX = s.dilationX;
        p.padTop = s.padTop;
        p.padLeft = s.padLeft;
        p.firstRow = s.outHeight * chunk / m_chunks;
        p.lastRow = s.outHeight * (chunk + 1) / m_chunks;
        p.low = m_epilogue.clamp().low;
        p.high = m_epilogue.clamp().high;
        p.function = m_epilogue.function();
        micro().depthwisePlane(p);
    }

    ConvShape m_shape;
    BlockedEpilogue m_epilogue;
    int64_t m_blocks = 0, m_chunks = 1, m_grain = 1;
    std::vector<float> m_weights;
};

bool accepts(const Site& site) {
    const auto shape = blockedConv(site);
    return shape && !site.has(3) && site.inputs[0].layout == Layout::blocked && shape->inChannels == 1 &&
           shape->outChannels == 1;
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    return std::unique_ptr<Prepared>(std::make_unique<ConvBlockedDepthwise>(*blockedConv(site), site));
}

Kernel kernelOf(std::string_view domain) {
    return {.name = "conv_blocked_depthwise",
            .domain = domain,
            .op = "Conv",
            .summary = "float32 on blocked channels, constant weights, one filter a channel",
            .accepts = accepts,
            .prepare = prepare,
            .inPlace = nullptr,
            .blocked = true};
}

}  // namespace

std::vector<Kernel> convBlockedDepthwiseKernels() { return {kernelOf(""), kernelOf("lathe")}; }

}  // namespace lathe::kernels
