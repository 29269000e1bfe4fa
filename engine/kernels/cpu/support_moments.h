// Mean and variance of many numbers: pieces in float32 by the inner loops, put together in double. The pieces
// are short enough that their sums lose nothing that a result shows.
//
//   n = n_a + n_b;  mean = mean_a + d n_b / n;  squares = squares_a + squares_b + d^2 n_a n_b / n,
//   d = mean_b - mean_a
#pragma once

#include <cstdint>

namespace lathe::kernels {

// y = ((x - mean) - rest) * factor: the mean is the sum of two numbers, so that a large one is taken off
// before it is multiplied.
struct Normalizer {
    float mean = 0, rest = 0, factor = 0;
};

struct Moments {
    double count = 0, mean = 0;
    double squares = 0;  // sum of the squared deviations

    void add(const Moments& other);
    Normalizer normalizer(float epsilon) const;
};

Moments momentsOf(const float* x, int64_t count);

}  // namespace lathe::kernels
