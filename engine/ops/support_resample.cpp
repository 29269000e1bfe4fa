#include "engine/ops/support_resample.h"

#include <algorithm>
#include <cmath>

namespace lathe::ops {
namespace {

// The position in the input of output element x.
double sourcePosition(const ResampleOptions& options, int64_t x, int64_t input, int64_t output, double scale,
                      double roiStart, double roiEnd) {
    const double in = static_cast<double>(input), at = static_cast<double>(x), out = scale * in;
    const auto& mode = options.coordinates;
    if (mode == "asymmetric") return at / scale;
    if (mode == "align_corners") return output == 1 || out == 1 ? 0 : at * (in - 1) / (out - 1);
    if (mode == "pytorch_half_pixel") return output > 1 ? (at + 0.5) / scale - 0.5 : 0;
    if (mode == "tf_crop_and_resize")
        return output > 1 ? roiStart * (in - 1) +
                                at * (roiEnd - roiStart) * (in - 1) / (static_cast<double>(output) - 1)
                          : 0.5 * (roiStart + roiEnd) * (in - 1);
    if (mode == "half_pixel_symmetric") {
        const double adjustment = static_cast<double>(output) / out;
        return in / 2 * (1 - adjustment) + (at + 0.5) / scale - 0.5;
    }
    return (at + 0.5) / scale - 0.5;
}

// Weights of the elements around a position, `fraction` in (0, 1] above the left middle one.
std::vector<double> weightsAt(const ResampleOptions& options, double fraction, double scale) {
    if (options.mode == "nearest") {
        bool right = fraction == 1;
        if (!right && options.nearestMode == "round_prefer_floor") right = fraction > 0.5;
        if (!right && options.nearestMode == "round_prefer_ceil") right = fraction >= 0.5;
        if (!right && options.nearestMode == "ceil") right = true;
        return {right ? 0.0 : 1.0, right ? 1.0 : 0.0};
    }
    const bool cubic = options.mode == "cubic";
    // With antialias the kernel is stretched when the axis shrinks.
    const double stretch = options.antialias ? std::min(scale, 1.0) : 1.0;
    const int64_t first = static_cast<int64_t>(std::floor((cubic ? -2 : -1) / stretch)) + 1;
    std::vector<double> weights;
    double sum = 0;
    for (int64_t i = first; i < 2 - first; ++i) {
        const double distance = (static_cast<double>(i) - fraction) * stretch;
        const double weight = cubic ? cubicWeight(distance, options.cubicCoefficient)
                                    : std::clamp(1 - std::abs(distance), 0.0, 1.0);
        weights.push_back(weight);
        sum += weight;
    }
    if (options.antialias)
        for (auto& weight : weights) weight /= sum;
    return weights;
}

}  // namespace

double cubicWeight(double x, double a) {
    x = std::abs(x);
    if (x <= 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
    if (x < 2) return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
    return 0;
}

std::vector<Taps> resampleAxis(const ResampleOptions& options, int64_t input, int64_t output, double scale,
                               double roiStart, double roiEnd) {
    std::vector<Taps> result(static_cast<size_t>(output));
    for (int64_t x = 0; x < output; ++x) {
        const double position = sourcePosition(options, x, input, output, scale, roiStart, roiEnd);
        if (options.coordinates == "tf_crop_and_resize" &&
            (position < 0 || position > static_cast<double>(input - 1)))
            continue;
        // A position on an element counts as one whole step above the element before it.
        const double base = std::ceil(position) - 1;
        const auto weights = weightsAt(options, position - base, scale);
        const int64_t first = static_cast<int64_t>(base) + 1 - static_cast<int64_t>(weights.size()) / 2;
        double kept = 0;
        auto& taps = result[static_cast<size_t>(x)];
        for (size_t i = 0; i < weights.size(); ++i) {
            const int64_t at = first + static_cast<int64_t>(i);
            if (weights[i] == 0 || (options.excludeOutside && (at < 0 || at >= input))) continue;
            taps.indices.push_back(std::clamp<int64_t>(at, 0, input - 1));
            taps.weights.push_back(weights[i]);
            kept += weights[i];
        }
        if (options.excludeOutside)
            for (auto& weight : taps.weights) weight /= kept;
    }
    return result;
}

}  // namespace lathe::ops
