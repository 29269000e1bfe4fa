// Whether a computed value is the wanted one, by the rule of the ONNX backend tests.
#pragma once

#include <string>

#include "engine/tensor/value.h"

namespace lathe::evaluate {

inline constexpr double kConformanceRelative = 1e-3;
inline constexpr double kConformanceAbsolute = 1e-7;

// Empty when the values agree, else where they do not: kind, element type, shape, elements. Integers, texts
// and bools must be equal; other numbers |got - wanted| <= 1e-7 + 1e-3 |wanted|, not-a-numbers and infinities
// in the same places (numpy.testing.assert_allclose with the defaults of onnx/backend/test/runner).
std::string difference(const tensor::RuntimeValue& got, const tensor::RuntimeValue& wanted);
// The same for kinds, types and shapes alone: what holds of random numbers.
std::string shapeDifference(const tensor::RuntimeValue& got, const tensor::RuntimeValue& wanted);

}  // namespace lathe::evaluate
