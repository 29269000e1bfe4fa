#include "engine/ops/support_ml_scores.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/ops/support_attributes.h"

namespace lathe::ops {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO", "PROBIT"};
// Scores nearer to 0 than this are the zeros of SOFTMAX_ZERO.
constexpr double kZero = 1e-7;

double inverseErf(double x) {
    constexpr double a = 0.147;
    const double product = (1 - x) * (1 + x);
    if (product == 0) return std::copysign(std::numeric_limits<double>::infinity(), x);
    const double log = std::log(product);
    const double half = 2 / (std::numbers::pi * a) + log / 2;
    return std::copysign(std::sqrt(std::sqrt(half * half - log / a) - half), x);
}

double probit(double score) { return std::numbers::sqrt2 * inverseErf(2 * score - 1); }

void softmax(std::span<double> scores, bool keepZeros) {
    if (scores.empty()) return;
    const double greatest = *std::max_element(scores.begin(), scores.end());
    double sum = 0;
    for (auto& score : scores) {
        const bool zero = keepZeros && std::fabs(score) <= kZero;
        score = zero ? score * std::exp(-greatest) : std::exp(score - greatest);
        sum += score;
    }
    // All zeros: nothing tells the classes apart.
    for (auto& score : scores) score = sum == 0 ? 0.5 : score / sum;
}

}  // namespace

base::ParamSpec postTransformAttribute() {
    return choiceAttribute("post_transform", {kNames.begin(), kNames.end()}, "NONE",
                           "what is done to the scores at the end");
}

PostTransform postTransform(std::string_view name) {
    const auto found = std::find(kNames.begin(), kNames.end(), name);
    return found == kNames.end() ? PostTransform::none : static_cast<PostTransform>(found - kNames.begin());
}

double logistic(double score) {
    const double e = std::exp(-std::fabs(score));
    return score < 0 ? e / (1 + e) : 1 / (1 + e);
}

void transformScores(PostTransform transform, std::span<double> scores) {
    switch (transform) {
        case PostTransform::none:
            break;
        case PostTransform::softmax:
        case PostTransform::softmaxZero:
            softmax(scores, transform == PostTransform::softmaxZero);
            break;
        case PostTransform::logistic:
            std::transform(scores.begin(), scores.end(), scores.begin(), logistic);
            break;
        case PostTransform::probit:
            std::transform(scores.begin(), scores.end(), scores.begin(), probit);
            break;
    }
}

std::array<double, 2> bothScores(PostTransform transform, double score, bool complement) {
    const bool share = transform == PostTransform::probit || (transform == PostTransform::none && complement);
    std::array<double, 2> scores = {share ? 1 - score : -score, score};
    transformScores(transform, scores);
    return scores;
}

}  // namespace lathe::ops
