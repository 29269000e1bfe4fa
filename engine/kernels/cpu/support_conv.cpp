#include "engine/kernels/cpu/support_conv.h"

namespace lathe::kernels {
namespace {

// Pads before each spatial axis; the output size says what comes after.
std::vector<int64_t> padsBefore(const Site& site, const std::vector<int64_t>& kernel,
                                const std::vector<int64_t>& strides, const std::vector<int64_t>& dilations,
                                tensor::Dimensions input, tensor::Dimensions output) {
    const size_t rank = kernel.size();
    const auto mode = site.attributes->text("auto_pad", "NOTSET");
    auto pads = site.attributes->integers("pads");
    if (mode == "NOTSET" || mode.empty()) {
        pads.resize(2 * rank, 0);
        pads.resize(rank);
        return pads;
    }
    pads.assign(rank, 0);
    if (mode == "VALID") return pads;
    for (size_t i = 0; i < rank; ++i) {
        const int64_t extent = dilations[i] * (kernel[i] - 1) + 1;
        const int64_t total = std::max<int64_t>(0, (output[i] - 1) * strides[i] + extent - input[i]);
        pads[i] = mode == "SAME_LOWER" ? total - total / 2 : total / 2;
    }
    return pads;
}

}  // namespace

std::optional<ConvShape> convShape(const Site& site, size_t x, size_t w) {
    if (!site.has(x) || !site.has(w)) return {};
    const auto &in = shapeOf(site, x), &weight = shapeOf(site, w), &out = outputShape(site);
    if (in.size() != weight.size() || out.size() != in.size() || in.size() < 3 || in.size() > 4) return {};
    const size_t rank = in.size() - 2;
    std::vector<int64_t> kernel(weight.begin() + 2, weight.end());
    auto strides = site.attributes->integers("strides"), dilations = site.attributes->integers("dilations");
    if (strides.empty()) strides.assign(rank, 1);
    if (dilations.empty()) dilations.assign(rank, 1);
    if (strides.size() != rank || dilations.size() != rank) return {};
    const auto pads = padsBefore(site, kernel, strides, dilations, tensor::Dimensions(in).subspan(2),
                                 tensor::Dimensions(out).subspan(2));
    ConvShape shape;
    shape.batch = in[0];
    shape.groups = site.attributes->integer("group", 1);
    if (shape.groups < 1 || in[1] % shape.groups || weight[0] % shape.groups) return {};
    shape.inChannels = in[1] / shape.groups;
    shape.outChannels = weight[0] / shape.groups;
    if (weight[1] != shape.inChannels || out[1] != weight[0]) return {};
    const size_t last = rank - 1;
    shape.inWidth = in[2 + last];
    shape.outWidth = out[2 + last];
    shape.kernelWidth = kernel[last];
    shape.strideX = strides[last];
    shape.dilationX = dilations[last];
    shape.padLeft = pads[last];
    if (rank == 2) {
        shape.inHeight = in[2];
        shape.outHeight = out[2];
        shape.kernelHeight = kernel[0];
        shape.strideY = strides[0];
        shape.dilationY = dilations[0];
        shape.padTop = pads[0];
    }
    return shape;
}

Clamp clampOf(const Site& site) {
    const Clamp none;
    return {site.attributes->real("low", none.low), site.attributes->real("high", none.high)};
}

int64_t patchRuns(const ConvShape& shape, int64_t first, int64_t count, PatchRun* runs) {
    int64_t made = 0;
    for (int64_t done = 0; done < count;) {
        const int64_t at = first + done;
        PatchRun run;
        run.column = done;
        run.outY = at / shape.outWidth;
        run.outX = at % shape.outWidth;
        run.count = std::min(count - done, shape.outWidth - run.outX);
        done += run.count;
        runs[made++] = run;
    }
    return made;
}

}  // namespace lathe::kernels
