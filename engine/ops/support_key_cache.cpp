#include "engine/ops/support_key_cache.h"

#include <algorithm>
#include <functional>

#include "engine/ops/support_index.h"

namespace lathe::ops {
namespace {

using Visible = std::function<bool(int64_t n, int64_t query, int64_t key)>;

// Nothing when the shape is none of the forms.
Visible visibleKeys(const tensor::Tensor& mask, const ScoreSpace& space) {
    const auto& shape = mask.shape();
    auto values = tensor::toIntegers(mask);
    if (mask.rank() == 1) {
        const auto count = mask.elementCount(), batch = space.batch;
        if (count == 2 * batch)
            return [values, batch](int64_t n, int64_t, int64_t key) {
                return key < values[static_cast<size_t>(n)] && key >= values[static_cast<size_t>(batch + n)];
            };
        if (count == batch || count == 3 * batch + 2)
            return [values](int64_t n, int64_t, int64_t key) { return key < values[static_cast<size_t>(n)]; };
        return {};
    }
    const auto fits = [&](const tensor::Shape& wanted) { return shape == wanted; };
    int64_t first = 0, rowStride = 0, sampleStride = space.keys;
    if (fits({space.batch, space.queries, space.keys})) {
        rowStride = space.keys;
        sampleStride = space.queries * space.keys;
    } else if (mask.rank() == 4) {
        const int64_t most = shape[3];
        if (!fits({space.batch, 1, most, most}) || most < space.keys || most < space.past + space.queries)
            return {};
        first = space.past * most;
        rowStride = most;
        sampleStride = most * most;
    } else if (!fits({space.batch, space.keys})) {
        return {};
    }
    return [=](int64_t n, int64_t query, int64_t key) {
        return values[static_cast<size_t>(n * sampleStride + first + query * rowStride + key)] > 0;
    };
}

}  // namespace

base::Status addKeyMask(const EvalContext& context, size_t i, const ScoreSpace& space, double masked,
                        Reals& added) {
    if (!context.has(i)) return {};
    const auto& mask = context.in(i);
    const auto visible = visibleKeys(mask, space);
    if (!visible)
        return context.error("the mask {} does not fit {} samples, {} queries and {} keys",
                             tensor::toString(mask.shape()), space.batch, space.queries, space.keys);
    for (size_t at = 0; at < added.size(); ++at) {
        const auto row = static_cast<int64_t>(at) / space.keys, key = static_cast<int64_t>(at) % space.keys;
        if (!visible(row / space.queries / space.heads, row % space.queries, key)) added[at] += masked;
    }
    return {};
}

base::Status addScoreBias(const EvalContext& context, size_t i, const ScoreSpace& space, Reals& added) {
    if (!context.has(i)) return {};
    const auto& bias = context.in(i);
    const tensor::Shape shape = {space.batch, space.heads, space.queries, space.keys};
    if (bias.rank() != 4 || !broadcastsTo(bias.shape(), shape))
        return context.error("the attention bias {} does not broadcast to {}", tensor::toString(bias.shape()),
                             tensor::toString(shape));
    const Reals values = reals(bias);
    const auto from = broadcastIndices(bias.shape(), shape);
    for (size_t at = 0; at < added.size(); ++at) added[at] += values[static_cast<size_t>(from[at])];
    return {};
}

void forbidLater(const ScoreSpace& space, Reals& added) {
    for (size_t at = 0; at < added.size(); ++at) {
        const auto row = static_cast<int64_t>(at) / space.keys, key = static_cast<int64_t>(at) % space.keys;
        if (key > space.past + row % space.queries) added[at] = kForbiddenScore;
    }
}

void addHeadBias(Heads& x, std::span<const double> bias) {
    for (int64_t b = 0; b < x.batch * x.heads; ++b)
        for (int64_t s = 0; s < x.steps; ++s)
            for (int64_t i = 0; i < x.size; ++i)
                x.values[static_cast<size_t>((b * x.steps + s) * x.size + i)] +=
                    bias[static_cast<size_t>(b % x.heads * x.size + i)];
}

base::Result<Continued> continueSteps(const EvalContext& context, const Heads& past, const Heads& now,
                                      std::optional<int64_t> used) {
    if (past.batch != now.batch || past.heads != now.heads || past.size != now.size)
        return context.error("the past {} does not fit the new {}", tensor::toString(past.shape()),
                             tensor::toString(now.shape()));
    if (!used) {
        auto joined = joinSteps(past, now);
        return Continued{joined, joined};
    }
    if (*used < 0 || *used + now.steps > past.steps)
        return context.error("{} past and {} new steps do not fit a buffer of {}", *used, now.steps,
                             past.steps);
    const auto front = [](const Heads& from, int64_t steps) {
        Heads part{from.batch, from.heads, steps, from.size, {}};
        for (int64_t n = 0; n < from.batch; ++n)
            for (int64_t h = 0; h < from.heads; ++h)
                part.values.insert(part.values.end(), from.row(n, h, 0),
                                   from.row(n, h, 0) + steps * from.size);
        return part;
    };
    Continued result{joinSteps(front(past, *used), now), past};
    for (int64_t n = 0; n < past.batch; ++n)
        for (int64_t h = 0; h < past.heads; ++h)
            std::copy_n(now.row(n, h, 0), now.steps * now.size, result.present.row(n, h, *used));
    return result;
}

}  // namespace lathe::ops
