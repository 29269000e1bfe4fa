// The discrete Fourier transform by its definition.
#pragma once

#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

namespace lathe::ops {

// X[k] = sum over n of x[n] exp(-2 pi i k n/N); with `inverse` the sign is + and the sum is divided by N.
// The first `wanted` results.
inline std::vector<std::complex<double>> fourier(const std::vector<std::complex<double>>& x, size_t wanted,
                                                 bool inverse) {
    const size_t count = x.size();
    std::vector<std::complex<double>> turns(count);
    for (size_t i = 0; i < count; ++i)
        turns[i] = std::polar(
            1.0, (inverse ? 2 : -2) * std::numbers::pi * static_cast<double>(i) / static_cast<double>(count));
    std::vector<std::complex<double>> result(wanted);
    for (size_t k = 0; k < wanted; ++k) {
        size_t turn = 0;
        for (size_t n = 0; n < count; ++n) {
            result[k] += x[n] * turns[turn];
            turn = (turn + k) % count;
        }
        if (inverse) result[k] /= static_cast<double>(count);
    }
    return result;
}

}  // namespace lathe::ops
