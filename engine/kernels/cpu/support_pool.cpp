#include "engine/kernels/cpu/support_pool.h"

namespace lathe::kernels {
namespace {

// Taps of output `o` that count in an average.
int64_t countedTaps(const PoolAxis& axis, int64_t o, bool withPads) {
    int64_t count = 0;
    for (int64_t k = 0; k < axis.kernel; ++k) {
        const int64_t at = o * axis.stride - axis.pad + k * axis.dilation;
        count += withPads ? at < axis.in + axis.padAfter : at >= 0 && at < axis.in;
    }
    return count;
}

}  // namespace

std::pair<int64_t, int64_t> outputsInside(const PoolAxis& axis, int64_t k) {
    const int64_t shift = k * axis.dilation - axis.pad;
    const int64_t first = shift >= 0 ? 0 : (-shift + axis.stride - 1) / axis.stride;
    const int64_t last = shift >= axis.in ? 0 : (axis.in - shift + axis.stride - 1) / axis.stride;
    const int64_t start = std::min(first, axis.out);
    return {start, std::clamp(last, start, axis.out)};
}

std::optional<PoolShape> poolShape(const Site& site) {
    if (!isFloat(site, 0) || !makesFloat(site)) return {};
    for (size_t i = 1; i < site.outputs.size(); ++i)
        if (site.outputs[i].type != tensor::DataType::undefined) return {};
    const auto &in = shapeOf(site, 0), &out = outputShape(site);
    const auto kernel = site.attributes->integers("kernel_shape");
    const size_t rank = kernel.size();
    if (rank < 1 || rank > 2 || in.size() != rank + 2) return {};
    const auto strides = site.attributes->integers("strides", std::vector<int64_t>(rank, 1));
    const auto dilations = site.attributes->integers("dilations", std::vector<int64_t>(rank, 1));
    const auto pads = site.attributes->integers("pads", std::vector<int64_t>(2 * rank, 0));
    if (strides.size() != rank || dilations.size() != rank || pads.size() != 2 * rank) return {};
    const auto mode = site.attributes->text("auto_pad", "NOTSET");
    const auto axis = [&](size_t i) {
        PoolAxis a{in[2 + i], out[2 + i], kernel[i], strides[i], dilations[i], pads[i], pads[rank + i]};
        if (mode == "SAME_UPPER" || mode == "SAME_LOWER") {
            const int64_t extent = a.dilation * (a.kernel - 1) + 1;
            const int64_t total = std::max<int64_t>(0, (a.out - 1) * a.stride + extent - a.in);
            a.pad = mode == "SAME_LOWER" ? total - total / 2 : total / 2;
            a.padAfter = total - a.pad;
        } else if (mode == "VALID") {
            a.pad = a.padAfter = 0;
        }
        return a;
    };
    PoolShape shape;
    shape.planes = in[0] * in[1];
    shape.x = axis(rank - 1);
    if (rank == 2) shape.y = axis(0);
    return shape;
}

std::vector<float> averageWeights(const Site& site, const PoolShape& shape) {
    std::vector<float> weights;
    if (site.op != "AveragePool") return weights;
    const bool withPads = site.attributes->integer("count_include_pad", 0) != 0;
    for (int64_t y = 0; y < shape.y.out; ++y)
        for (int64_t x = 0; x < shape.x.out; ++x) {
            const int64_t taps = countedTaps(shape.y, y, withPads) * countedTaps(shape.x, x, withPads);
            weights.push_back(1.0f / static_cast<float>(std::max<int64_t>(1, taps)));
        }
    return weights;
}

}  // namespace lathe::kernels
