// Class scores: which output holds them, and the answers they give.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/tensor/value.h"

namespace lathe::evaluate {

struct ScoreOutput {
    size_t index = 0;  // of the outputs
    int64_t classes = 0;
};

// The first output that holds one score a class for each of `batch` samples: [N, C], [N, C, 1, 1] or, for one
// sample, [C]. `classes` > 0: an output with that many is preferred.
std::optional<ScoreOutput> findScores(const std::vector<tensor::RuntimeValue>& outputs, int64_t batch,
                                      int64_t classes);

// The scores of one sample.
std::vector<double> scoresOf(const std::vector<tensor::RuntimeValue>& outputs, const ScoreOutput& output,
                             int64_t sample);
// The class with the highest score, the first of equal ones; -1 when none is a number.
int32_t answerOf(const std::vector<double>& scores);
// How many classes come before `label`: 0 when it is the answer. NaN counts as lowest.
int64_t rankOf(const std::vector<double>& scores, int64_t label);

}  // namespace lathe::evaluate
