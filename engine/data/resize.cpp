// Resize: bilinear, with the centres of pixels at half coordinates: source = (target + 0.5) * scale - 0.5.
// With `antialias` the triangle is as wide as the step when shrinking, as Pillow does it.
// uint8 stays uint8 (rounded), everything else becomes float32.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/data/dataset.h"
#include "engine/data/image_axes.h"

namespace lathe::data {
namespace {

constexpr int64_t kLargestSide = 16384;

// The source pixels that one target pixel is made of, and how much of each.
struct Taps {
    size_t first = 0;
    std::vector<float> weights;
};

std::vector<Taps> tapsFor(int64_t from, int64_t to, bool antialias) {
    std::vector<Taps> result(static_cast<size_t>(to));
    const double scale = static_cast<double>(from) / static_cast<double>(to);
    const double reach = antialias ? std::max(scale, 1.0) : 1.0;
    for (int64_t i = 0; i < to; ++i) {
        const double unclamped = (static_cast<double>(i) + 0.5) * scale - 0.5;
        const double centre = std::clamp(unclamped, 0.0, static_cast<double>(from - 1));
        // The wide triangle is cut off at the border; the narrow one repeats the border pixel.
        const double middle = reach > 1 ? unclamped : centre;
        const auto low = std::max<int64_t>(0, static_cast<int64_t>(std::floor(middle - reach)) + 1);
        const auto high = std::min<int64_t>(from - 1, static_cast<int64_t>(std::ceil(middle + reach)) - 1);
        auto& taps = result[static_cast<size_t>(i)];
        taps.first = static_cast<size_t>(low);
        double sum = 0;
        std::vector<double> weights;
        for (int64_t j = low; j <= high; ++j) {
            weights.push_back(1 - std::abs(static_cast<double>(j) - middle) / reach);
            sum += weights.back();
        }
        for (const double weight : weights) taps.weights.push_back(static_cast<float>(weight / sum));
    }
    return result;
}

// Along the middle axis of [rows, from, columns].
std::vector<float> along(std::span<const float> in, size_t rows, size_t from, size_t columns,
                         std::span<const Taps> taps) {
    std::vector<float> out(rows * taps.size() * columns);
    for (size_t row = 0; row < rows; ++row)
        for (size_t i = 0; i < taps.size(); ++i)
            for (size_t t = 0; t < taps[i].weights.size(); ++t) {
                const float weight = taps[i].weights[t];
                const float* source = in.data() + (row * from + taps[i].first + t) * columns;
                float* target = out.data() + (row * taps.size() + i) * columns;
                for (size_t c = 0; c < columns; ++c) target[c] += weight * source[c];
            }
    return out;
}

base::Result<std::pair<int64_t, int64_t>> targetSize(const ImageAxes& axes, const base::Params& options) {
    const auto& size = options.integers("size");
    if (size.empty() || size.size() > 2 ||
        std::any_of(size.begin(), size.end(), [](int64_t s) { return s < 1 || s > kLargestSide; }))
        return base::Error{fmt::format("size must be one or two numbers from 1 to {}.", kLargestSide),
                           base::Error::Kind::usage};
    if (size.size() == 2) return std::pair(size[0], size[1]);
    const auto shorter = std::min(axes.height, axes.width);
    const auto scaled = [&](int64_t side) {
        if (side == shorter) return size[0];
        return static_cast<int64_t>(static_cast<double>(side) * static_cast<double>(size[0]) /
                                    static_cast<double>(shorter));
    };
    const std::pair target(scaled(axes.height), scaled(axes.width));
    if (std::max(target.first, target.second) > kLargestSide)
        return base::Error::badInput(
            fmt::format("a picture of {} x {} would become {} x {}, which is too large.", axes.width,
                        axes.height, target.second, target.first));
    return target;
}

base::Result<tensor::Tensor> apply(const tensor::Tensor& input, const base::Params& options) {
    const auto axes = imageAxes(input);
    if (!axes) return axes.error();
    if (input.empty()) return base::Error::badInput("the picture has no pixels.");
    const auto target = targetSize(*axes, options);
    if (!target) return target.error();
    const auto floats = toFloat32(input);
    if (!floats) return floats.error();
    const bool antialias = options.boolean("antialias");
    const auto [height, width] = *target;
    const auto outer = static_cast<size_t>(axes->outer), inner = static_cast<size_t>(axes->inner);
    const auto oldHeight = static_cast<size_t>(axes->height), oldWidth = static_cast<size_t>(axes->width);
    const auto tall = along(floats->values<float>(), outer, oldHeight, oldWidth * inner,
                            tapsFor(axes->height, height, antialias));
    const auto done = along(tall, outer * static_cast<size_t>(height), oldWidth, inner,
                            tapsFor(axes->width, width, antialias));
    auto shape = input.shape();
    shape[axes->channelsFirst ? 1 : 0] = height;
    shape[axes->channelsFirst ? 2 : 1] = width;
    if (input.type() != tensor::DataType::uint8) return tensor::Tensor::of<float>(shape, done);
    auto result = tensor::Tensor::zeros(tensor::DataType::uint8, shape);
    const auto out = result.mutableValues<uint8_t>();
    for (size_t i = 0; i < done.size(); ++i)
        out[i] = static_cast<uint8_t>(std::clamp(done[i] + 0.5f, 0.0f, 255.0f));
    return result;
}

}  // namespace

StepSpec resizeStep() {
    return {
        .name = "resize",
        .title = "Resize",
        .options = {{.name = "size",
                     .type = base::ParamType::integers,
                     .defaultValue = std::vector<int64_t>{},
                     .label = "Size",
                     .help =
                         "One number: the shorter side becomes it and the aspect stays. Two: height,width.",
                     .unit = "px",
                     .required = true},
                    {.name = "antialias",
                     .type = base::ParamType::boolean,
                     .defaultValue = false,
                     .label = "Antialias",
                     .help = "Average over all source pixels when shrinking, as Pillow does."}},
        .apply = apply};
}

}  // namespace lathe::data
