#include "engine/ops/support_window.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"

namespace lathe::ops {
namespace {

constexpr int64_t kLargestAttribute = int64_t{1} << 31;

base::Error badAttribute(std::string_view name, size_t count, size_t expected) {
    return base::Error::badInput(fmt::format("{} has {} items, expected {}", name, count, expected));
}

// Appends a run, joined with the last one when both together are one run.
void append(std::vector<WindowRun>& runs, int64_t step, const WindowRun& run) {
    if (run.count <= 0) return;
    if (!runs.empty()) {
        auto& last = runs.back();
        if (last.output + last.count == run.output && last.input + last.count * step == run.input) {
            last.count += run.count;
            return;
        }
    }
    runs.push_back(run);
}

int64_t ceilQuotient(int64_t a, int64_t b) { return a >= 0 ? (a + b - 1) / b : -(-a / b); }

}  // namespace

int64_t Window::kernelCount() const {
    int64_t count = 1;
    for (const auto k : kernel) count *= k;
    return count;
}

std::vector<base::ParamSpec> windowAttributes() {
    return {choiceAttribute("auto_pad", {"NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID"}, "NOTSET",
                            "how pads are found when they are not given"),
            integersAttribute("dilations", "distance of kernel elements along each spatial axis"),
            integersAttribute("kernel_shape", "kernel size along each spatial axis"),
            integersAttribute("pads", "padding before each spatial axis, then after each"),
            integersAttribute("strides", "distance of windows along each spatial axis")};
}

base::Result<Window> readWindow(const ir::Attributes& attributes, std::vector<int64_t> kernel) {
    const size_t rank = kernel.size();
    Window window;
    window.kernel = std::move(kernel);
    window.strides = attributes.integers("strides");
    window.dilations = attributes.integers("dilations");
    if (window.strides.empty()) window.strides.assign(rank, 1);
    if (window.dilations.empty()) window.dilations.assign(rank, 1);
    if (window.strides.size() != rank) return badAttribute("strides", window.strides.size(), rank);
    if (window.dilations.size() != rank) return badAttribute("dilations", window.dilations.size(), rank);
    const auto mode = attributes.text("auto_pad", "NOTSET");
    window.autoPad = mode == "SAME_UPPER"   ? AutoPad::sameUpper
                     : mode == "SAME_LOWER" ? AutoPad::sameLower
                     : mode == "VALID"      ? AutoPad::valid
                                            : AutoPad::notSet;
    auto pads = attributes.integers("pads");
    if (pads.empty() || window.autoPad != AutoPad::notSet) pads.assign(2 * rank, 0);
    if (pads.size() != 2 * rank) return badAttribute("pads", pads.size(), 2 * rank);
    window.padsBefore.assign(pads.begin(), pads.begin() + static_cast<ptrdiff_t>(rank));
    window.padsAfter.assign(pads.begin() + static_cast<ptrdiff_t>(rank), pads.end());
    window.ceilMode = attributes.integer("ceil_mode", 0) != 0;
    for (size_t i = 0; i < rank; ++i) {
        const auto bad = [](int64_t value) { return value < 1 || value > kLargestAttribute; };
        if (bad(window.kernel[i]) || bad(window.strides[i]) || bad(window.dilations[i]))
            return base::Error::badInput(
                fmt::format("kernel {}, stride {} and dilation {} of spatial axis {} must be at least 1",
                            window.kernel[i], window.strides[i], window.dilations[i], i));
        if (std::abs(window.padsBefore[i]) > kLargestAttribute ||
            std::abs(window.padsAfter[i]) > kLargestAttribute)
            return base::Error::badInput(fmt::format("the pads of spatial axis {} are too large", i));
    }
    return window;
}

ir::Dim windowOutput(const Window& window, size_t axis, const ir::Dim& input) {
    const int64_t extent = window.extent(axis), stride = window.strides[axis];
    if (window.autoPad == AutoPad::sameUpper || window.autoPad == AutoPad::sameLower)
        return ceilDiv(input, stride);
    const int64_t before = window.padsBefore[axis], after = window.padsAfter[axis];
    if (!window.ceilMode) return floorDiv(input + (before + after - extent), stride) + 1;
    const auto output = ceilDiv(input + (before + after - extent), stride) + 1;
    // The last window may begin behind the input only when the padding behind it reaches that far.
    if (extent >= after + stride) return output;
    return min(output, floorDiv(input + (before - 1), stride) + 1);
}

base::Result<PlacedWindow> placeWindow(Window window, std::span<const int64_t> input) {
    constexpr int64_t kLargestKernel = int64_t{1} << 24;
    const auto kernelCount = tensor::checkedElementCount(window.kernel);
    if (!kernelCount || *kernelCount > kLargestKernel)
        return base::Error::badInput(
            fmt::format("the kernel {} is too large", tensor::toString(tensor::Dimensions(window.kernel))));
    PlacedWindow placed;
    placed.input.assign(input.begin(), input.end());
    for (size_t i = 0; i < window.rank(); ++i) {
        const int64_t output = windowOutput(window, i, input[i]).constantOr(0);
        if (output < 0 || (output == 0 && input[i] > 0))
            return base::Error::badInput(fmt::format(
                "the window of size {} does not fit into spatial axis {} of size {} with pads {} and {}",
                window.extent(i), i, input[i], window.padsBefore[i], window.padsAfter[i]));
        placed.output.push_back(output);
        if (window.autoPad == AutoPad::sameUpper || window.autoPad == AutoPad::sameLower) {
            const int64_t total =
                std::max<int64_t>(0, (output - 1) * window.strides[i] + window.extent(i) - input[i]);
            const int64_t less = total / 2, more = total - less;
            window.padsBefore[i] = window.autoPad == AutoPad::sameUpper ? less : more;
            window.padsAfter[i] = total - window.padsBefore[i];
        }
    }
    // Each row of each output is listed once a kernel position.
    constexpr int64_t kLargestWork = int64_t{1} << 28;
    auto rows = placed.output;
    rows.back() = *kernelCount;
    const auto work = tensor::checkedElementCount(rows);
    if (!work || *work > kLargestWork || placed.output.back() > kLargestWork * 8)
        return base::Error::badInput(
            fmt::format("the output {} is too large", tensor::toString(tensor::Dimensions(placed.output))));
    window.autoPad = AutoPad::notSet;
    placed.window = std::move(window);
    return placed;
}

WindowRuns windowRuns(const PlacedWindow& placed) {
    const auto& window = placed.window;
    const size_t rank = window.rank(), last = rank - 1;
    WindowRuns result;
    result.step = window.strides[last];
    for (size_t i = 0; i < rank; ++i) {
        result.inputCount *= placed.input[i];
        result.outputCount *= placed.output[i];
    }
    result.runs.resize(static_cast<size_t>(window.kernelCount()));
    if (result.outputCount == 0 || result.inputCount == 0) return result;
    std::vector<int64_t> k(rank, 0);
    const std::span<const int64_t> outer(placed.output.data(), last);
    for (auto& runs : result.runs) {
        // Along the last axis the outputs [from, to) see an input element.
        const int64_t shift = k[last] * window.dilations[last] - window.padsBefore[last];
        const int64_t from = std::max<int64_t>(0, ceilQuotient(-shift, result.step));
        const int64_t to =
            std::min(placed.output[last], ceilQuotient(placed.input[last] - shift, result.step));
        std::vector<int64_t> o(last, 0);
        do {
            int64_t output = 0, input = 0;
            bool inside = true;
            for (size_t i = 0; i < last && inside; ++i) {
                const int64_t position =
                    o[i] * window.strides[i] + k[i] * window.dilations[i] - window.padsBefore[i];
                inside = position >= 0 && position < placed.input[i];
                output = output * placed.output[i] + o[i];
                input = input * placed.input[i] + position;
            }
            if (!inside) continue;
            append(runs, result.step,
                   {output * placed.output[last] + from,
                    input * placed.input[last] + from * result.step + shift, to - from});
        } while (nextIndex(o, outer));
        nextIndex(k, window.kernel);
    }
    return result;
}

}  // namespace lathe::ops
