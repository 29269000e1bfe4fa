// Choice and check of Winograd convolution F(m x m, 3 x 3), and the transform of its weights.
#pragma once

#include "engine/kernels/cpu/support_conv.h"

namespace lathe::kernels {

// The places m of a tile that make a 3 x 3 convolution with stride 1 fastest: 2, 4, or 0 where the direct
// form is. Modelled from the multiplications, the bytes of transformed weights and the transforms.
int64_t winogradTile(const ConvShape& shape);

// U = G g G' of one 3 x 3 filter, (m + 2)^2 numbers.
void winogradWeights(int64_t m, const float* filter, float* transformed);

// Largest difference from the direct sum in double, relative to the largest result, of a tile of normal
// numbers through a sample of the output channels. The convolution is refused above kWinogradError.
double winogradError(int64_t m, const ConvShape& shape, const tensor::Tensor& weight);
inline constexpr double kWinogradError = 2e-5;

}  // namespace lathe::kernels
