// What the predictors of the domain ai.onnx.ml do to their scores at the end.
//
//   LOGISTIC      1 / (1 + exp(-s))
//   SOFTMAX       exp(s_i - m) / sum, m the greatest
//   SOFTMAX_ZERO  the same, but scores that are 0 count as 0 instead of exp(0)
//   PROBIT        sqrt(2) * inverse erf(2 s - 1), by Winitzki's formula with a = 0.147, as other runtimes do:
//                 S. Winitzki, A handy approximation for the error function and its inverse (2008)
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "engine/base/param_spec.h"

namespace lathe::ops {

enum class PostTransform : uint8_t { none, softmax, logistic, softmaxZero, probit };

base::ParamSpec postTransformAttribute();
// The transform with this name; none for names the schema does not know.
PostTransform postTransform(std::string_view name);

double logistic(double score);
void transformScores(PostTransform transform, std::span<double> scores);

// Scores of two classes from the score of the second: the other one is -s, and 1 - s where scores are shown
// or taken as shares (complement, PROBIT).
std::array<double, 2> bothScores(PostTransform transform, double score, bool complement);

}  // namespace lathe::ops
