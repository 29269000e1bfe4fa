// Channels: RGB and BGR swapped, gray made of RGB (ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B) or RGB of gray.
// The element type stays; integers are rounded.
#include <fmt/format.h>

#include <cstring>

#include "engine/data/dataset.h"
#include "engine/data/image_axes.h"
#include "engine/tensor/visit_type.h"

namespace lathe::data {
namespace {

// A picture as [outer, channels, inner].
struct Planes {
    size_t outer = 1, channels = 1, inner = 1;
    size_t axis = 0;
};

Planes planesAt(const tensor::Tensor& image, size_t axis) {
    Planes planes;
    planes.axis = axis;
    for (size_t i = 0; i < image.shape().size(); ++i)
        (i < axis   ? planes.outer
         : i > axis ? planes.inner
                    : planes.channels) *= static_cast<size_t>(image.dimension(i));
    return planes;
}

// Each new channel is a copy of an old one.
tensor::Tensor picked(const tensor::Tensor& image, const Planes& planes, std::span<const size_t> order) {
    auto shape = image.shape();
    shape[planes.axis] = static_cast<int64_t>(order.size());
    auto result = tensor::Tensor::zeros(image.type(), shape);
    if (result.empty()) return result;
    const auto run = image.bytes().size() / (planes.outer * planes.channels);
    const auto out = result.mutableBytes();
    for (size_t o = 0; o < planes.outer; ++o)
        for (size_t c = 0; c < order.size(); ++c)
            std::memcpy(out.data() + (o * order.size() + c) * run,
                        image.bytes().data() + (o * planes.channels + order[c]) * run, run);
    return result;
}

base::Result<tensor::Tensor> grayOf(const tensor::Tensor& image, const Planes& planes, bool bgr) {
    auto shape = image.shape();
    shape[planes.axis] = 1;
    auto result = tensor::Tensor::zeros(image.type(), shape);
    const double weights[] = {bgr ? 0.114 : 0.299, 0.587, bgr ? 0.299 : 0.114};
    const auto mix = [&](auto tag) {
        using T = typename decltype(tag)::type;
        const auto in = image.values<T>();
        const auto out = result.template mutableValues<T>();
        for (size_t o = 0; o < planes.outer; ++o)
            for (size_t i = 0; i < planes.inner; ++i) {
                double sum = tensor::isFloat(image.type()) ? 0.0 : 0.5;
                for (size_t c = 0; c < 3; ++c)
                    sum += weights[c] * static_cast<double>(in[(o * 3 + c) * planes.inner + i]);
                out[o * planes.inner + i] = static_cast<T>(sum);
            }
        return true;
    };
    if (!tensor::visitTypes<float, double, uint8_t, uint16_t>(image.type(), mix, false))
        return base::Error::badInput(
            fmt::format("gray cannot be made of {}; cast to float32 first.", tensor::name(image.type())));
    return result;
}

base::Result<tensor::Tensor> apply(const tensor::Tensor& input, const base::Params& options) {
    const auto& to = options.text("to");
    std::string axisOption = options.text("axis");
    tensor::Tensor image = input;
    if (image.rank() == 2) {  // [H, W] is gray
        axisOption = "last";
        const int64_t shape[] = {image.dimension(0), image.dimension(1), 1};
        image = image.reshaped(shape);
    }
    if (image.rank() != 3)
        return base::Error::badInput(fmt::format("{} is not a picture: expected two or three dimensions.",
                                                 tensor::toString(input.shape())));
    const bool hasColour = channelAxis(image, 3, axisOption).ok();
    if (to == "swap" || ((to == "gray" || to == "gray_from_bgr") && hasColour)) {
        const auto axis = channelAxis(image, 3, axisOption);
        if (!axis) return axis.error();
        const auto planes = planesAt(image, *axis);
        constexpr size_t kSwapped[] = {2, 1, 0};
        if (to == "swap") return picked(image, planes, kSwapped);
        return grayOf(image, planes, to == "gray_from_bgr");
    }
    if (to == "rgb" && hasColour) return image;
    const auto axis = channelAxis(image, 1, axisOption);
    if (!axis) return axis.error();
    constexpr size_t kRepeated[] = {0, 0, 0};
    if (to == "rgb") return picked(image, planesAt(image, *axis), kRepeated);
    return image;
}

}  // namespace

StepSpec channelsStep() {
    return {
        .name = "channels",
        .title = "Channels",
        .options = {{.name = "to",
                     .type = base::ParamType::choice,
                     .defaultValue = std::string("swap"),
                     .label = "To",
                     .help = "swap: RGB to BGR or back; rgb: gray is repeated; gray: weighted sum of RGB.",
                     .choices = {"swap", "rgb", "gray", "gray_from_bgr"}},
                    {.name = "axis",
                     .type = base::ParamType::choice,
                     .defaultValue = std::string("auto"),
                     .label = "Channel axis",
                     .help = "Which end of the shape are the channels; auto: the one that fits.",
                     .choices = {"auto", "first", "last"}}},
        .apply = apply};
}

}  // namespace lathe::data
