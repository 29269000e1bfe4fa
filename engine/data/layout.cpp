// Layout: moves or adds the channel axis of a picture. A picture without one, [H, W], gets an axis of 1.
#include <fmt/format.h>

#include <cstring>

#include "engine/data/dataset.h"

namespace lathe::data {
namespace {

// [A, B] -> [B, A] for elements of `size` bytes.
tensor::Tensor transposed(const tensor::Tensor& input, int64_t a, int64_t b, tensor::Dimensions shape) {
    auto result = tensor::Tensor::zeros(input.type(), shape);
    if (result.empty()) return result;
    const auto size = input.bytes().size() / static_cast<size_t>(input.elementCount());
    const auto out = result.mutableBytes();
    const auto rows = static_cast<size_t>(a), columns = static_cast<size_t>(b);
    for (size_t i = 0; i < rows; ++i)
        for (size_t j = 0; j < columns; ++j)
            std::memcpy(out.data() + (j * rows + i) * size, input.bytes().data() + (i * columns + j) * size,
                        size);
    return result;
}

base::Result<tensor::Tensor> apply(const tensor::Tensor& input, const base::Params& options) {
    const auto& to = options.text("to");
    const auto& s = input.shape();
    if (s.size() == 2) {
        if (to == "HW") return input;
        const int64_t first[] = {1, s[0], s[1]}, last[] = {s[0], s[1], 1};
        return input.reshaped(to == "CHW" ? first : last);
    }
    if (s.size() != 3)
        return base::Error::badInput(
            fmt::format("{} is not a picture: expected two or three dimensions.", tensor::toString(s)));
    auto from = options.text("from");
    if (to == "HW") {
        if (from == "auto") from = s[2] == 1 ? "HWC" : "CHW";
        if ((from == "HWC" ? s[2] : s[0]) != 1)
            return base::Error::badInput(fmt::format(
                "{} has more than one channel; use channels(to=gray) first.", tensor::toString(s)));
        const int64_t shape[] = {from == "HWC" ? s[0] : s[1], from == "HWC" ? s[1] : s[2]};
        return input.reshaped(shape);
    }
    if (from == "auto") from = to == "CHW" ? "HWC" : "CHW";
    if (from == to) return input;
    if (to == "CHW") {
        const int64_t shape[] = {s[2], s[0], s[1]};
        return transposed(input, s[0] * s[1], s[2], shape);
    }
    const int64_t shape[] = {s[1], s[2], s[0]};
    return transposed(input, s[0], s[1] * s[2], shape);
}

}  // namespace

StepSpec layoutStep() {
    return {.name = "layout",
            .title = "Layout",
            .options = {{.name = "to",
                         .type = base::ParamType::choice,
                         .defaultValue = std::string("CHW"),
                         .label = "To",
                         .help = "Order of channels (C), height (H) and width (W).",
                         .choices = {"CHW", "HWC", "HW"}},
                        {.name = "from",
                         .type = base::ParamType::choice,
                         .defaultValue = std::string("auto"),
                         .label = "From",
                         .help = "The order before; auto: the other one, as files hold HWC.",
                         .choices = {"auto", "HWC", "CHW"}}},
            .apply = apply};
}

}  // namespace lathe::data
