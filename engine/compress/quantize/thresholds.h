// Choosing the range to quantize from a distribution: what is outside saturates, what is inside gets finer
// steps.
#pragma once

#include "engine/compress/quantize/affine.h"
#include "engine/compress/quantize/ranges.h"

namespace lathe::compress::quantize {

// All of it: nothing saturates.
Range minMaxRange(const Histogram& histogram);
// What holds all but (100 - percentile) % of the numbers at each end.
Range percentileRange(const Histogram& histogram, double percentile);
// The least mean squared error after quantization with this type, by search over 100 positions of each end.
Range squaredErrorRange(const Histogram& histogram, tensor::DataType type, bool symmetric);
// The least Kullback-Leibler divergence between the clipped distribution and its form of 128 levels a sign
// (256 where all numbers have one sign and the codes may, too), over magnitudes.
Range divergenceRange(const Histogram& histogram, bool symmetric);

// Sum over the histogram of (x - dequantized(quantized(x)))^2, with x at the middle of its bin.
double squaredError(const Histogram& histogram, const Affine& affine);

}  // namespace lathe::compress::quantize
