// Comparing runs with the plain evaluation, for tests.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

#include "engine/tensor/value.h"

namespace lathe::test {

// The largest |a - b| over max |b| (at least 1e-3), NaN equal to NaN; infinity when types or shapes differ.
inline double relativeError(const tensor::Tensor& a, const tensor::Tensor& b) {
    if (a.type() != b.type() || !(a.shape() == b.shape())) return INFINITY;
    if (a.type() == tensor::DataType::string) return a == b ? 0 : INFINITY;
    const auto x = tensor::toReals(a), y = tensor::toReals(b);
    double largest = 1e-3, difference = 0;
    for (size_t i = 0; i < x.size(); ++i) {
        if (std::isfinite(y[i])) largest = std::max(largest, std::fabs(y[i]));
        if (x[i] == y[i] || (std::isnan(x[i]) && std::isnan(y[i]))) continue;
        const double apart = std::fabs(x[i] - y[i]);
        difference = std::isnan(apart) ? INFINITY : std::max(difference, apart);
    }
    return difference / largest;
}

inline void expectClose(std::span<const tensor::RuntimeValue> actual,
                        std::span<const tensor::RuntimeValue> expected, double tolerance,
                        const std::string& what) {
    ASSERT_EQ(actual.size(), expected.size()) << what;
    for (size_t i = 0; i < actual.size(); ++i) {
        const auto *a = actual[i].tensor(), *b = expected[i].tensor();
        ASSERT_EQ(a != nullptr, b != nullptr) << what << ", output " << i;
        if (!a) continue;
        EXPECT_LE(relativeError(*a, *b), tolerance)
            << what << ", output " << i << ": " << tensor::toString(a->type(), a->shape()) << " against "
            << tensor::toString(b->type(), b->shape());
    }
}

}  // namespace lathe::test
