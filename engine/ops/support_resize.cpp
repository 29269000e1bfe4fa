#include "engine/ops/support_resize.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lathe::ops {
namespace {

using base::Error;

base::Status readScales(const tensor::Tensor& scales, const std::vector<size_t>& axes,
                        const tensor::Shape& shape, std::vector<ResizeAxis>& result) {
    if (scales.elementCount() != static_cast<int64_t>(axes.size()))
        return Error::badInput(
            fmt::format("scales has {} items, expected {}", scales.elementCount(), axes.size()));
    for (size_t i = 0; i < axes.size(); ++i) {
        const auto scale = static_cast<float>(scales.realAt(static_cast<int64_t>(i)));
        const float size = static_cast<float>(shape[axes[i]]) * scale;
        if (!(scale > 0) || size > 1e9f)
            return Error::badInput(fmt::format("a scale is {}, expected a size above 0", scale));
        result[axes[i]].scale = static_cast<double>(scale);
        result[axes[i]].output = static_cast<int64_t>(std::floor(size));
    }
    return {};
}

base::Status readSizes(const std::vector<int64_t>& sizes, std::string_view policy,
                       const std::vector<size_t>& axes, const tensor::Shape& shape,
                       std::vector<ResizeAxis>& result) {
    if (sizes.size() != axes.size())
        return Error::badInput(fmt::format("sizes has {} items, expected {}", sizes.size(), axes.size()));
    std::vector<double> scales;
    for (size_t i = 0; i < axes.size(); ++i) {
        const auto size = shape[axes[i]];
        if (sizes[i] < 0 || (size == 0 && sizes[i] != 0))
            return Error::badInput(
                fmt::format("cannot resize axis {} from {} to {}", axes[i], size, sizes[i]));
        scales.push_back(size ? static_cast<double>(sizes[i]) / static_cast<double>(size) : 1);
    }
    for (size_t i = 0; i < axes.size(); ++i) {
        auto& axis = result[axes[i]];
        axis.scale = policy == "stretch" ? scales[i] : commonResizeScale(scales, policy);
        axis.output =
            policy == "stretch"
                ? sizes[i]
                : static_cast<int64_t>(std::floor(static_cast<double>(shape[axes[i]]) * axis.scale + 0.5));
    }
    return {};
}

}  // namespace

base::Result<std::vector<size_t>> resizedAxes(const ir::Attributes& attributes, size_t rank) {
    std::vector<size_t> axes;
    for (const auto given : attributes.integers("axes")) {
        const auto axis = tensor::normalizedAxis(given, static_cast<int64_t>(rank));
        if (!axis) return Error::badInput(fmt::format("axis {} is outside {} dimensions", given, rank));
        axes.push_back(static_cast<size_t>(*axis));
    }
    if (axes.empty())
        for (size_t i = 0; i < rank; ++i) axes.push_back(i);
    return axes;
}

double commonResizeScale(const std::vector<double>& scales, std::string_view policy) {
    return policy == "not_larger" ? *std::min_element(scales.begin(), scales.end())
                                  : *std::max_element(scales.begin(), scales.end());
}

base::Result<std::vector<ResizeAxis>> resizeAxes(const ir::Attributes& attributes, const tensor::Shape& shape,
                                                 const ResizeInputs& inputs) {
    const auto axes = resizedAxes(attributes, shape.size());
    if (!axes) return axes.error();
    std::vector<ResizeAxis> result(shape.size());
    for (size_t i = 0; i < shape.size(); ++i) result[i].output = shape[i];
    // Some writers leave an empty scales beside sizes.
    const bool useScales = inputs.scales && !inputs.scales->empty();
    if (!useScales && !inputs.sizes)
        return Error::badInput("has neither scales nor sizes. Give one of them.");
    const auto ok =
        useScales ? readScales(*inputs.scales, *axes, shape, result)
                  : readSizes(tensor::toIntegers(*inputs.sizes),
                              attributes.text("keep_aspect_ratio_policy", "stretch"), *axes, shape, result);
    if (!ok) return ok.error();
    if (resampleOptions(attributes).coordinates == "tf_crop_and_resize") {
        const auto expected = static_cast<int64_t>(2 * axes->size());
        if (!inputs.roi || inputs.roi->elementCount() != expected)
            return Error::badInput(fmt::format("roi must have {} items for tf_crop_and_resize", expected));
        for (size_t i = 0; i < axes->size(); ++i) {
            result[(*axes)[i]].roiStart = inputs.roi->realAt(static_cast<int64_t>(i));
            result[(*axes)[i]].roiEnd = inputs.roi->realAt(static_cast<int64_t>(i + axes->size()));
        }
    }
    return result;
}

ResampleOptions resampleOptions(const ir::Attributes& attributes) {
    ResampleOptions options;
    options.mode = attributes.text("mode", "nearest");
    options.coordinates = attributes.text("coordinate_transformation_mode", "half_pixel");
    options.nearestMode = attributes.text("nearest_mode", "round_prefer_floor");
    options.antialias = attributes.integer("antialias", 0) != 0;
    options.excludeOutside = attributes.integer("exclude_outside", 0) != 0;
    options.cubicCoefficient = static_cast<double>(attributes.real("cubic_coeff_a", -0.75f));
    return options;
}

std::vector<std::vector<Taps>> resizeTaps(const ir::Attributes& attributes, const tensor::Shape& shape,
                                          const std::vector<ResizeAxis>& axes) {
    const auto options = resampleOptions(attributes);
    const bool crop = options.coordinates == "tf_crop_and_resize";
    std::vector<std::vector<Taps>> taps(axes.size());
    for (size_t i = 0; i < axes.size(); ++i) {
        const auto& axis = axes[i];
        if (crop || axis.scale != 1 || axis.output != shape[i])
            taps[i] = resampleAxis(options, shape[i], axis.output, axis.scale, axis.roiStart, axis.roiEnd);
    }
    return taps;
}

}  // namespace lathe::ops
