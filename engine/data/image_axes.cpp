#include "engine/data/image_axes.h"

#include <fmt/format.h>

#include "engine/tensor/visit_type.h"

namespace lathe::data {

constexpr int64_t kMostChannels = 4;

base::Result<ImageAxes> imageAxes(const tensor::Tensor& image) {
    const auto& s = image.shape();
    if (s.size() == 2) return ImageAxes{1, s[0], s[1], 1, false, false};
    if (s.size() == 3 && s[2] <= kMostChannels) return ImageAxes{1, s[0], s[1], s[2], false, true};
    if (s.size() == 3 && s[0] <= kMostChannels) return ImageAxes{s[0], s[1], s[2], 1, true, true};
    return base::Error::badInput(
        fmt::format("{} is not a picture: expected [H, W], [H, W, C] or [C, H, W] "
                    "with at most {} channels.",
                    tensor::toString(s), kMostChannels));
}

base::Result<size_t> channelAxis(const tensor::Tensor& image, int64_t count, std::string_view axis) {
    const auto& s = image.shape();
    const bool first = !s.empty() && s.front() == count;
    const bool last = !s.empty() && s.back() == count;
    if (axis == "first" && first) return size_t{0};
    if (axis == "last" && last) return s.size() - 1;
    if (axis == "auto" && first != last) return first ? size_t{0} : s.size() - 1;
    if (axis == "auto" && first && s.size() == 1) return size_t{0};
    if (axis == "auto" && first)
        return base::Error::badInput(
            fmt::format("both ends of {} could be the {} channels; give axis=first or axis=last.",
                        tensor::toString(s), count));
    return base::Error::badInput(
        fmt::format("{} has no {} channels{}.", tensor::toString(s), count,
                    axis == "auto" ? " at either end" : fmt::format(" on the {} axis", axis)));
}

base::Result<tensor::Tensor> toFloat32(const tensor::Tensor& input) {
    if (input.type() == tensor::DataType::float32) return input;
    auto result = tensor::Tensor::zeros(tensor::DataType::float32, input.shape());
    const auto out = result.mutableValues<float>();
    const auto convert = [&](auto tag) {
        using T = typename decltype(tag)::type;
        const auto in = input.values<T>();
        for (size_t i = 0; i < in.size(); ++i) out[i] = static_cast<float>(in[i]);
        return true;
    };
    if (!tensor::visitTypes<float, double, tensor::Float16, tensor::BFloat16, int8_t, int16_t, int32_t,
                            int64_t, uint8_t, uint16_t, uint32_t, uint64_t, bool>(input.type(), convert,
                                                                                  false))
        return base::Error::badInput(
            fmt::format("elements of type {} are not numbers.", tensor::name(input.type())));
    return result;
}

}  // namespace lathe::data
