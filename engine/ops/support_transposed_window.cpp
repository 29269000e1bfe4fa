#include "engine/ops/support_transposed_window.h"

#include <fmt/format.h>

#include <algorithm>

namespace lathe::ops {
namespace {

bool isSame(const Window& window) {
    return window.autoPad == AutoPad::sameUpper || window.autoPad == AutoPad::sameLower;
}

// The output without any pads.
ir::Dim spread(const TransposedWindow& transposed, size_t i, const ir::Dim& input) {
    return (input - 1) * transposed.window.strides[i] +
           (transposed.outputPadding[i] + transposed.window.extent(i));
}

}  // namespace

base::Result<TransposedWindow> readTransposedWindow(const ir::Attributes& attributes,
                                                    std::vector<int64_t> kernel) {
    const size_t rank = kernel.size();
    auto window = readWindow(attributes, std::move(kernel));
    if (!window) return window.error();
    TransposedWindow transposed{std::move(*window), attributes.integers("output_padding"),
                                attributes.integers("output_shape")};
    if (transposed.outputPadding.empty()) transposed.outputPadding.assign(rank, 0);
    // The standard lets output_shape name batch and channels too.
    if (transposed.outputShape.size() == rank + 2)
        transposed.outputShape.erase(transposed.outputShape.begin(), transposed.outputShape.begin() + 2);
    if (transposed.outputPadding.size() != rank)
        return base::Error::badInput(
            fmt::format("output_padding has {} items, expected {}", transposed.outputPadding.size(), rank));
    if (!transposed.outputShape.empty() && transposed.outputShape.size() != rank)
        return base::Error::badInput(
            fmt::format("output_shape has {} items, expected {}", transposed.outputShape.size(), rank));
    return transposed;
}

ir::Dim transposedOutput(const TransposedWindow& transposed, size_t i, const ir::Dim& input) {
    const auto& window = transposed.window;
    if (!transposed.outputShape.empty()) return transposed.outputShape[i];
    if (isSame(window)) return input * window.strides[i];
    return spread(transposed, i, input) - (window.padsBefore[i] + window.padsAfter[i]);
}

base::Result<PlacedWindow> placeTransposed(const ir::Attributes& attributes, std::vector<int64_t> kernel,
                                           std::span<const int64_t> input) {
    auto transposed = readTransposedWindow(attributes, std::move(kernel));
    if (!transposed) return transposed.error();
    PlacedWindow placed;
    auto& window = transposed->window;
    for (size_t i = 0; i < window.rank(); ++i) {
        const int64_t size = input[i];
        const int64_t output = transposedOutput(*transposed, i, size).constantOr(0);
        if (output < 1)
            return base::Error::badInput(fmt::format("the output has size {} on spatial axis {}", output, i));
        if (!transposed->outputShape.empty() || isSame(window)) {
            const int64_t total = std::max<int64_t>(0, spread(*transposed, i, size).constantOr(0) - output);
            window.padsBefore[i] = window.autoPad == AutoPad::sameUpper ? total / 2 : total - total / 2;
            window.padsAfter[i] = total - window.padsBefore[i];
        }
        placed.input.push_back(output);
        placed.output.push_back(size);
    }
    placed.window = std::move(window);
    return placed;
}

}  // namespace lathe::ops
