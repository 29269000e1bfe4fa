#include "engine/evaluate/scores.h"

#include <algorithm>
#include <cmath>

namespace lathe::evaluate {
namespace {

// Scores a sample in this output, or 0 when it is no list of scores.
int64_t classesIn(const tensor::RuntimeValue& value, int64_t batch) {
    const auto* tensor = value.tensor();
    if (!tensor || !tensor::isFloat(tensor->type()) || tensor->empty()) return 0;
    const auto& shape = tensor->shape();
    // The one axis besides the batch that is longer than 1.
    size_t start = 0;
    if (shape.size() > 1) {
        if (shape[0] != batch) return 0;
        start = 1;
    } else if (batch != 1) {
        return 0;
    }
    const auto longer = std::count_if(shape.begin() + start, shape.end(), [](int64_t d) { return d > 1; });
    return longer == 1 ? tensor->elementCount() / batch : 0;
}

double comparable(double score) { return std::isnan(score) ? -INFINITY : score; }

}  // namespace

std::optional<ScoreOutput> findScores(const std::vector<tensor::RuntimeValue>& outputs, int64_t batch,
                                      int64_t classes) {
    std::optional<ScoreOutput> found;
    for (size_t i = 0; i < outputs.size(); ++i) {
        const auto count = classesIn(outputs[i], batch);
        if (count < 2) continue;
        if (count == classes) return ScoreOutput{i, count};
        if (!found) found = ScoreOutput{i, count};
    }
    return found;
}

std::vector<double> scoresOf(const std::vector<tensor::RuntimeValue>& outputs, const ScoreOutput& output,
                             int64_t sample) {
    const auto* tensor = outputs[output.index].tensor();
    std::vector<double> scores(static_cast<size_t>(output.classes));
    for (int64_t i = 0; i < output.classes; ++i)
        scores[static_cast<size_t>(i)] = tensor->realAt(sample * output.classes + i);
    return scores;
}

int32_t answerOf(const std::vector<double>& scores) {
    int32_t best = -1;
    for (size_t i = 0; i < scores.size(); ++i)
        if (!std::isnan(scores[i]) && (best < 0 || scores[i] > scores[static_cast<size_t>(best)]))
            best = static_cast<int32_t>(i);
    return best;
}

int64_t rankOf(const std::vector<double>& scores, int64_t label) {
    const double own = comparable(scores[static_cast<size_t>(label)]);
    int64_t rank = 0;
    for (size_t i = 0; i < scores.size(); ++i) {
        const double other = comparable(scores[i]);
        const auto index = static_cast<int64_t>(i);
        if (index != label && (other > own || (other == own && index < label))) ++rank;
    }
    // A score that is no number never counts as an answer.
    if (std::isnan(scores[static_cast<size_t>(label)])) rank = static_cast<int64_t>(scores.size());
    return rank;
}

}  // namespace lathe::evaluate
