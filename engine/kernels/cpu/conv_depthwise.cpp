// Depthwise convolution, one filter a channel: planes are copied once into a frame of zeros, then every
// output row is a handful of shifted rows. Parallel over channels.
#include <cstring>

#include "engine/kernels/cpu/support_blocked.h"
#include "engine/kernels/cpu/support_half.h"

namespace lathe::kernels {
namespace {

// Frames that exist at once: enough for as many threads.
constexpr int64_t kFrames = 32;

class ConvDepthwise final : public Prepared {
  public:
    ConvDepthwise(const ConvShape& shape, const Site& site)
        : m_shape(shape), m_clamp(clampOf(site)), m_function(*functionOf(site)) {
        const auto filters = widened(*constantOf(site, 1));
        const auto weight = filters.values<float>();
        m_weights.assign(weight.begin(), weight.end());
        m_frameHeight =
            (shape.outHeight - 1) * shape.strideY + (shape.kernelHeight - 1) * shape.dilationY + 1;
        m_frameWidth = (shape.outWidth - 1) * shape.strideX + (shape.kernelWidth - 1) * shape.dilationX + 1;
        m_frames = std::min(kFrames, shape.batch * shape.groups);
    }

    size_t scratchBytes() const override { return static_cast<size_t>(m_frames) * frameBytes(); }
    size_t packedBytes() const override { return m_weights.size() * sizeof(float); }
    bool packs(size_t input) const override { return input == 1; }

    void run(const RunArguments& arguments) const override {
        const int64_t planes = m_shape.batch * m_shape.groups;
        arguments.workers->forRange(m_frames, 1, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; ++i) {
                float* frame = floats(arguments.scratch + static_cast<size_t>(i) * frameBytes());
                for (int64_t plane = planes * i / m_frames; plane < planes * (i + 1) / m_frames; ++plane)
                    runPlane(plane, frame, arguments);
            }
        });
    }

  private:
    size_t frameBytes() const {
        return scratchAligned(static_cast<size_t>(m_frameHeight * m_frameWidth) * sizeof(float) + 64);
    }

    void runPlane(int64_t plane, float* frame, const RunArguments& arguments) const {
        const auto& s = m_shape;
        const float* in = floats(arguments.inputs[0]) + plane * s.inPlane();
        const bool framed = s.padTop || s.padLeft || m_frameHeight > s.inHeight || m_frameWidth > s.inWidth;
        if (framed) copyIntoFrame(in, frame);
        const float* bias = arguments.inputs.size() > 2 ? floats(arguments.inputs[2]) : nullptr;
        for (int64_t m = 0; m < s.outChannels; ++m) {
            const int64_t channel = plane % s.groups * s.outChannels + m;
            float* out = floats(arguments.outputs[0]) + (plane * s.outChannels + m) * s.outPlane();
            DepthwiseRow row;
            row.inputStride = (framed ? m_frameWidth : s.inWidth) * s.dilationY;
            row.weights = m_weights.data() + channel * s.kernelHeight * s.kernelWidth;
            row.kernelRows = s.kernelHeight;
            row.kernelColumns = s.kernelWidth;
            row.dilation = s.dilationX;
            row.stride = s.strideX;
            row.count = s.outWidth;
            row.bias = bias ? bias[channel] : 0;
            row.low = m_clamp.low;
            row.high = m_clamp.high;
            for (int64_t y = 0; y < s.outHeight; ++y) {
                row.input = (framed ? frame : in) + y * s.strideY * (framed ? m_frameWidth : s.inWidth);
                row.output = out + y * s.outWidth;
                micro().depthwiseRow(row);
            }
            if (m_function != MicroFunction::none) micro().apply(m_function, out, out, s.outPlane());
        }
    }

    void copyIntoFrame(const float* in, float* frame) const {
        const auto& s = m_shape;
        std::memset(frame, 0, static_cast<size_t>(m_frameHeight * m_frameWidth) * sizeof(float));
        const int64_t width = std::min(s.inWidth, m_frameWidth - s.padLeft);
        if (width <= 0) return;
        for (int64_t y = 0; y < s.inHeight && y + s.padTop < m_frameHeight; ++y)
            std::memcpy(frame + (y + s.padTop) * m_frameWidth + s.padLeft, in + y * s.inWidth,
                        static_cast<size_t>(width) * sizeof(float));
    }

    ConvShape m_shape;
    Clamp m_clamp;
    MicroFunction m_function;
    int64_t m_frameHeight = 0, m_frameWidth = 0, m_frames = 1;
    std::vector<float> m_weights;
};

bool accepts(const Site& site) {
    if (!isFloat(site, 0) || !isWeight(site, 1) || !makesFloat(site) || site.has(3)) return false;
    if (!functionOf(site)) return false;
    const auto shape = convShape(site, 0, 1);
    return shape && shape->inChannels == 1 && shape->groups > 1;
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    return std::unique_ptr<Prepared>(std::make_unique<ConvDepthwise>(*convShape(site, 0, 1), site));
}

Kernel kernelOf(std::string_view domain) {
    return {.name = "conv_depthwise",
            .domain = domain,
            .op = "Conv",
            .summary = "float32, constant weights, one input channel a group",
            .accepts = accepts,
            .prepare = prepare,
            .inPlace = nullptr};
}

}  // namespace

std::vector<Kernel> convDepthwiseKernels() { return {kernelOf(""), kernelOf("lathe")}; }

}  // namespace lathe::kernels
