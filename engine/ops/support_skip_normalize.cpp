#include "engine/ops/support_skip_normalize.h"

#include "engine/ops/support_index.h"
#include "engine/ops/support_normalize.h"

namespace lathe::ops {

base::Status inferSkipNormalization(InferContext& context) {
    const auto *x = context.shape(0), *skip = context.shape(1);
    if (x && x->empty()) return context.error("input is a scalar, expected at least 1 dimension");
    if (x && skip) {
        const auto merged = broadcastShapes(context, *x, *skip);
        if (!merged) return merged.error();
    }
    if (const auto* gamma = context.shape(2); gamma && x)
        if (gamma->size() != 1 ||
            (gamma->front().isKnown() && x->back().isKnown() && !same(gamma->front(), x->back())))
            return context.error("gamma has shape {}, expected [{}]", ir::toString(*gamma),
                                 x->back().toString());
    context.setOutput(0, context.type(0));
    context.setOutput(3, context.type(0));
    std::optional<ir::SymbolicShape> reduced;
    if (x) {
        reduced = *x;
        reduced->back() = 1;
    }
    for (const size_t i : {1, 2}) context.setOutput(i, tensor::DataType::float32, reduced);
    return {};
}

base::Status evaluateSkipNormalization(EvalContext& context, const SkipNormalization& form) {
    const auto &x = context.in(0), &skip = context.in(1);
    if (x.rank() < 1 || !broadcastsTo(skip.shape(), x.shape()))
        return context.error("skip {} does not fit input {}", tensor::toString(skip.shape()),
                             tensor::toString(x.shape()));
    const int64_t last = x.shape().back();
    const auto vectorAt = [&](size_t i) {
        return i ? realsOr(context, i, last, 0) : Reals(static_cast<size_t>(last), 0);
    };
    const Reals gamma = reals(context.in(2)), beta = vectorAt(form.beta), bias = vectorAt(form.bias);
    for (const auto* vector : {&gamma, &beta, &bias})
        if (static_cast<int64_t>(vector->size()) != last)
            return context.error("gamma, beta and bias must have {} items, one has {}", last, vector->size());
    const double epsilon = static_cast<double>(context.attributes().real("epsilon", 1e-12f));
    const Reals added = reals(skip);
    const auto at = broadcastIndices(skip.shape(), x.shape());
    const auto size = static_cast<size_t>(last);
    Reals sum = reals(x), y(sum.size()), means, factors;
    for (size_t i = 0; i < sum.size(); ++i) sum[i] += added[static_cast<size_t>(at[i])] + bias[i % size];
    for (size_t first = 0; first < sum.size(); first += size) {
        const auto row = std::span(sum).subspan(first, size);
        const auto [mean, factor] =
            form.centred ? moments(row, epsilon) : Moments{0, inverseRootMeanSquare(row, epsilon)};
        means.push_back(mean);
        factors.push_back(factor);
        for (size_t i = 0; i < size; ++i)
            y[first + i] = (sum[first + i] - mean) * factor * gamma[i] + beta[i];
    }
    auto reduced = x.shape();
    reduced.back() = 1;
    if (auto ok = setReals(context, 1, tensor::DataType::float32, reduced, means); !ok) return ok;
    if (auto ok = setReals(context, 2, tensor::DataType::float32, reduced, factors); !ok) return ok;
    if (auto ok = setReals(context, 3, x.type(), x.shape(), sum); !ok) return ok;
    return setReals(context, 0, x.type(), x.shape(), y);
}

std::vector<Formal> skipNormalizationOutputs() {
    constexpr auto kOptional = Presence::optional;
    constexpr TypeSet kFloat = typeBit(tensor::DataType::float32);
    return {{"output", kFloats, "T"},
            {"mean", kFloat, "U", kOptional},
            {"inv_std_var", kFloat, "U", kOptional},
            {"input_skip_bias_sum", kFloats, "T", kOptional}};
}

}  // namespace lathe::ops
