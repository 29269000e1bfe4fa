#include "engine/ops/support_attention.h"

#include <algorithm>
#include <cmath>

namespace lathe::ops {
namespace {

void softmax(std::span<double> row, const double* sink) {
    double largest = *std::max_element(row.begin(), row.end());
    if (sink) largest = std::max(largest, *sink);
    if (std::isinf(largest) && largest < 0) return std::fill(row.begin(), row.end(), 0);
    double sum = sink ? std::exp(*sink - largest) : 0;
    for (auto& value : row) sum += value = std::exp(value - largest);
    for (auto& value : row) value /= sum;
}

}  // namespace

Heads splitHeads(std::span<const double> values, Heads target, const HeadLayout& layout) {
    target.values.resize(static_cast<size_t>(target.batch * target.heads * target.steps * target.size));
    for (int64_t n = 0; n < target.batch; ++n)
        for (int64_t s = 0; s < target.steps; ++s)
            for (int64_t h = 0; h < target.heads; ++h) {
                const double* from =
                    values.data() + (n * target.steps + s) * layout.width + layout.first + h * layout.stride;
                std::copy_n(from, target.size, target.row(n, h, s));
            }
    return target;
}

Heads splitHeads(std::span<const double> values, int64_t batch, int64_t steps, int64_t heads, int64_t size) {
    return splitHeads(values, Heads{batch, heads, steps, size, {}}, {heads * size, 0, size});
}

Reals joinHeads(const Heads& x) {
    Reals joined(x.values.size());
    for (int64_t n = 0; n < x.batch; ++n)
        for (int64_t s = 0; s < x.steps; ++s)
            for (int64_t h = 0; h < x.heads; ++h)
                std::copy_n(x.row(n, h, s), x.size,
                            joined.begin() + ((n * x.steps + s) * x.heads + h) * x.size);
    return joined;
}

Heads readHeads(const tensor::Tensor& tensor) {
    const auto& shape = tensor.shape();
    return {shape[0], shape[1], shape[2], shape[3], reals(tensor)};
}

Heads joinSteps(const Heads& past, const Heads& now) {
    Heads joined{now.batch, now.heads, past.steps + now.steps, now.size, {}};
    joined.values.reserve(past.values.size() + now.values.size());
    for (int64_t b = 0; b < now.batch * now.heads; ++b) {
        const auto append = [&](const Heads& part) {
            const auto first = part.values.begin() + b * part.steps * part.size;
            joined.values.insert(joined.values.end(), first, first + part.steps * part.size);
        };
        append(past);
        append(now);
    }
    return joined;
}

Attended attend(const Heads& q, const Heads& k, const Heads& v, std::span<const double> added,
                const AttentionRule& rule) {
    Attended result{{q.batch, q.heads, q.steps, v.size, {}}, Reals(added.size())};
    result.y.values.assign(static_cast<size_t>(q.batch * q.heads * q.steps * v.size), 0);
    const int64_t group = q.heads / k.heads;
    Reals scores(static_cast<size_t>(k.steps));
    for (int64_t row = 0; row < q.batch * q.heads * q.steps && k.steps > 0; ++row) {
        const int64_t s = row % q.steps, h = row / q.steps % q.heads, n = row / (q.steps * q.heads);
        const double* query = q.row(n, h, s);
        const auto keep = [&](ScoreStage stage) {
            if (stage == rule.shown)
                std::copy(scores.begin(), scores.end(), result.scores.begin() + row * k.steps);
        };
        for (int64_t t = 0; t < k.steps; ++t) {
            const double* key = k.row(n, h / group, t);
            double sum = 0;
            for (int64_t i = 0; i < q.size; ++i) sum += query[i] * key[i];
            scores[static_cast<size_t>(t)] = sum * rule.scale;
        }
        keep(ScoreStage::plain);
        if (rule.softcap > 0)
            for (auto& score : scores) score = rule.softcap * std::tanh(score / rule.softcap);
        keep(ScoreStage::capped);
        for (size_t t = 0; t < scores.size(); ++t) scores[t] += added[static_cast<size_t>(row * k.steps) + t];
        keep(ScoreStage::masked);
        softmax(scores, rule.sinks.empty() ? nullptr : &rule.sinks[static_cast<size_t>(h)]);
        keep(ScoreStage::weights);
        double* out = result.y.row(n, h, s);
        for (int64_t t = 0; t < k.steps; ++t) {
            const double* value = v.row(n, h / group, t);
            // A weight of 0 hides whatever lies there, even what is not a number.
            if (const double weight = scores[static_cast<size_t>(t)]; weight != 0)
                for (int64_t i = 0; i < v.size; ++i) out[i] += weight * value[i];
        }
    }
    return result;
}

base::Result<Reals> noAddedScores(const EvalContext& context, const Heads& q, const Heads& k,
                                  const Heads& v) {
    if (q.batch != k.batch || k.batch != v.batch || q.size != k.size || k.steps != v.steps ||
        k.heads != v.heads || k.heads < 1 || q.heads % k.heads != 0)
        return context.error("Q {}, K {} and V {} do not fit", tensor::toString(q.shape()),
                             tensor::toString(k.shape()), tensor::toString(v.shape()));
    const tensor::Shape shape = {q.batch, q.heads, q.steps, k.steps};
    if (auto ok = checkSize(context, shape); !ok) return ok.error();
    return Reals(static_cast<size_t>(tensor::elementCount(shape)), 0);
}

}  // namespace lathe::ops
