// Normalize: y = (x - mean) / std with one mean and deviation a channel, or one for all; as float32.
#include <fmt/format.h>

#include <algorithm>

#include "engine/data/dataset.h"
#include "engine/data/image_axes.h"

namespace lathe::data {
namespace {

base::Result<tensor::Tensor> apply(const tensor::Tensor& input, const base::Params& options) {
    const auto& mean = options.reals("mean");
    const auto& deviation = options.reals("std");
    const auto count = std::max(mean.size(), deviation.size());
    const auto fits = [&](const std::vector<double>& list) {
        return list.size() == 1 || list.size() == count;
    };
    if (!fits(mean) || !fits(deviation))
        return base::Error{
            fmt::format("mean has {} numbers and std {}; give one for all, or as many as channels.",
                        mean.size(), deviation.size()),
            base::Error::Kind::usage};
    if (std::any_of(deviation.begin(), deviation.end(), [](double d) { return d == 0; }))
        return base::Error{"std must not be 0.", base::Error::Kind::usage};
    size_t inner = 1;  // numbers that follow each other in one channel
    if (count > 1) {
        const auto axis = channelAxis(input, static_cast<int64_t>(count), options.text("axis"));
        if (!axis) return axis.error();
        for (size_t i = *axis + 1; i < input.shape().size(); ++i)
            inner *= static_cast<size_t>(input.dimension(i));
    }
    const auto in = toFloat32(input);
    if (!in) return in.error();
    auto result = tensor::Tensor::zeros(tensor::DataType::float32, input.shape());
    const auto x = in->values<float>();
    const auto y = result.mutableValues<float>();
    for (size_t start = 0, channel = 0; start < x.size(); start += inner, channel = (channel + 1) % count) {
        const double m = mean[mean.size() == 1 ? 0 : channel];
        const double d = deviation[deviation.size() == 1 ? 0 : channel];
        for (size_t i = start; i < std::min(start + inner, x.size()); ++i)
            y[i] = static_cast<float>((static_cast<double>(x[i]) - m) / d);
    }
    return result;
}

}  // namespace

StepSpec normalizeStep() {
    return {.name = "normalize",
            .title = "Normalize",
            .options = {{.name = "mean",
                         .type = base::ParamType::reals,
                         .defaultValue = std::vector<double>{0},
                         .label = "Mean",
                         .help = "Subtracted: one number, or one a channel."},
                        {.name = "std",
                         .type = base::ParamType::reals,
                         .defaultValue = std::vector<double>{1},
                         .label = "Deviation",
                         .help = "Divides: one number, or one a channel."},
                        {.name = "axis",
                         .type = base::ParamType::choice,
                         .defaultValue = std::string("auto"),
                         .label = "Channel axis",
                         .help = "Which end of the shape are the channels; auto: the one with as many.",
                         .choices = {"auto", "first", "last"}}},
            .apply = apply};
}

}  // namespace lathe::data
