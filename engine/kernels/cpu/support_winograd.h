// Choice and check of Winograd convolution F(m x m, 3 x 3), and the transform of its weights.
#pragma once

#include "engine/kernels/cpu/support_conv.h"

namespace lathe::kernels {

// What decides for Winograd, in multiply-adds of a tile of a product: one byte of weights that comes from
// memory while others multiply, and one element of a transform.
struct WinogradCosts {
    double weightByte = 0, transform = 0;
};
// Of the instruction set in use, from a table that tests/bench/winograd_costs.cpp measured.
WinogradCosts winogradCosts();

// The places m of a tile that make a 3 x 3 convolution with stride 1 fastest: 2, 4, or 0 where the direct
// form is. Modelled from the multiplications, the bytes of transformed weights and the transforms.
int64_t winogradTile(const ConvShape& shape, const WinogradCosts& costs = winogradCosts());
// The same of a node, whose attribute "winograd_tile" may say it.
int64_t winogradTile(const ConvShape& shape, const ir::Attributes& attributes);

// U = G g G' of `width` filters beside each other: [3 x 3][width] becomes [(m + 2)^2][width].
void winogradWeights(int64_t m, const float* filters, int64_t width, float* transformed);

// Largest difference from the direct sum in double, relative to the largest result, of a tile of normal
// numbers through a sample of the output channels. The convolution is refused above kWinogradError.
double winogradError(int64_t m, const ConvShape& shape, const tensor::Tensor& weight);
inline constexpr double kWinogradError = 2e-5;

}  // namespace lathe::kernels
