// The exact McNemar test (McNemar 1947; exact binomial form): are the samples that only one of two variants
// gets right split evenly?
#pragma once

#include <cstdint>

namespace lathe::evaluate {

// Two-sided p value for a fair coin that fell `a` times one way and `b` times the other.
double exactMcNemar(int64_t a, int64_t b);

}  // namespace lathe::evaluate
