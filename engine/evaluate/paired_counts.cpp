#include "engine/evaluate/paired_counts.h"

#include <algorithm>
#include <cmath>

#include "engine/evaluate/evaluate.h"

namespace lathe::evaluate {

double exactMcNemar(int64_t a, int64_t b) {
    const auto few = std::min(a, b);
    const double n = static_cast<double>(a + b);
    if (a == b) return 1;
    // 2 * sum over i <= few of C(n, i) / 2^n, in logarithms so that large counts do not underflow to 0 early.
    double sum = 0;
    for (int64_t i = 0; i <= few; ++i) {
        const double k = static_cast<double>(i);
        sum += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) - n * std::log(2.0));
    }
    return std::min(1.0, 2 * sum);
}

bool sameSamples(const Evaluation& a, const Evaluation& b) {
    return a.dataset == b.dataset && a.datasetIdentity == b.datasetIdentity &&
           a.answers.size() == b.answers.size();
}

PairedCounts pairedCounts(const Evaluation& a, const Evaluation& b) {
    PairedCounts counts;
    if (!sameSamples(a, b)) return counts;
    counts.total = static_cast<int64_t>(a.answers.size());
    const bool judged = a.correct.size() == a.answers.size() && b.correct.size() == b.answers.size();
    for (size_t i = 0; i < a.answers.size(); ++i) {
        counts.sameAnswer += a.answers[i] == b.answers[i] ? 1 : 0;
        if (!judged) continue;
        const bool first = a.correct[i] != 0, second = b.correct[i] != 0;
        ++(first ? (second ? counts.bothRight : counts.onlyFirst)
                 : (second ? counts.onlySecond : counts.bothWrong));
    }
    counts.pValue = exactMcNemar(counts.onlyFirst, counts.onlySecond);
    return counts;
}

}  // namespace lathe::evaluate
