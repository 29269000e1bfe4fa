// Error of one tensor against another, summed up piece by piece.
//   MSE = sum (a-b)^2 / n      SQNR = 10 log10(sum a^2 / sum (a-b)^2) dB
//   cosine = sum ab / sqrt(sum a^2 * sum b^2)
#pragma once

#include "engine/base/result.h"
#include "engine/evaluate/evaluation.h"
#include "engine/tensor/tensor.h"

namespace lathe::evaluate {

// Used by one thread.
class ErrorSum {
  public:
    // Adds two tensors of the same shape and of number types that may differ. False, and nothing is added,
    // when they do not fit.
    bool add(const tensor::Tensor& a, const tensor::Tensor& b);
    // Fills in the numbers, as TensorError says. largestRelative is the largest difference over the largest
    // finite magnitude of a.
    void finish(TensorError& error) const;
    int64_t count() const { return m_count; }

  private:
    int64_t m_count = 0, m_notFinite = 0;
    double m_squares = 0, m_a2 = 0, m_b2 = 0, m_ab = 0, m_largest = 0, m_magnitude = 0;
};

}  // namespace lathe::evaluate
