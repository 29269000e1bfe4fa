// Crop: the middle of a picture.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "engine/data/dataset.h"
#include "engine/data/image_axes.h"

namespace lathe::data {
namespace {

base::Result<tensor::Tensor> apply(const tensor::Tensor& input, const base::Params& options) {
    const auto axes = imageAxes(input);
    if (!axes) return axes.error();
    const auto& size = options.integers("size");
    if (size.empty() || size.size() > 2 ||
        std::any_of(size.begin(), size.end(), [](int64_t s) { return s < 1; }))
        return base::Error{"size must be one or two numbers of at least 1.", base::Error::Kind::usage};
    const auto height = size.front(), width = size.back();
    if (height > axes->height || width > axes->width)
        return base::Error::badInput(fmt::format("cannot cut {} x {} out of {} x {}; put a resize before it.",
                                                 width, height, axes->width, axes->height));
    auto shape = input.shape();
    shape[axes->channelsFirst ? 1 : 0] = height;
    shape[axes->channelsFirst ? 2 : 1] = width;
    auto result = tensor::Tensor::zeros(input.type(), shape);
    if (result.empty()) return result;
    const auto element = input.bytes().size() / static_cast<size_t>(input.elementCount());
    const auto pixel = static_cast<size_t>(axes->inner) * element;
    const auto top = (axes->height - height) / 2, left = (axes->width - width) / 2;
    const auto row = static_cast<size_t>(width) * pixel;
    const auto out = result.mutableBytes();
    for (int64_t o = 0; o < axes->outer; ++o)
        for (int64_t y = 0; y < height; ++y) {
            const auto from = static_cast<size_t>((o * axes->height + top + y) * axes->width + left) * pixel;
            std::memcpy(out.data() + static_cast<size_t>(o * height + y) * row, input.bytes().data() + from,
                        row);
        }
    return result;
}

}  // namespace

StepSpec cropStep() {
    return {.name = "crop",
            .title = "Crop the centre",
            .options = {{.name = "size",
                         .type = base::ParamType::integers,
                         .defaultValue = std::vector<int64_t>{},
                         .label = "Size",
                         .help = "One number for both sides, or height,width.",
                         .unit = "px",
                         .required = true}},
            .apply = apply};
}

}  // namespace lathe::data
