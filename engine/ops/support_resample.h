// Resampling along one axis: where an output element lies in the input and which input elements it mixes.
// The formulas are those of the ONNX standard, operator Resize.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace lathe::ops {

struct ResampleOptions {
    std::string_view mode = "nearest";  // nearest, linear, cubic
    std::string_view coordinates = "half_pixel";
    std::string_view nearestMode = "round_prefer_floor";
    bool antialias = false;
    bool excludeOutside = false;
    double cubicCoefficient = -0.75;
};

// The weighted input elements of one output element; empty: outside, take the extrapolation value.
struct Taps {
    std::vector<int64_t> indices;
    std::vector<double> weights;
};

// For an axis of size `input` resized by `scale` to `output`; [roiStart, roiEnd] is for tf_crop_and_resize.
std::vector<Taps> resampleAxis(const ResampleOptions& options, int64_t input, int64_t output, double scale,
                               double roiStart, double roiEnd);

// Keys' cubic convolution kernel with parameter a at distance x.
double cubicWeight(double x, double a);

}  // namespace lathe::ops
