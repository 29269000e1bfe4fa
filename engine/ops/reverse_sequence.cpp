// ReverseSequence: turns round the first sequence_lens[b] items along time_axis of each sample b.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_move.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto batch = context.attributes().integer("batch_axis", 1),
               time = context.attributes().integer("time_axis", 0);
    if (batch == time || batch < 0 || batch > 1 || time < 0 || time > 1)
        return context.error("batch_axis {} and time_axis {} must be 0 and 1 or 1 and 0", batch, time);
    if (const auto* x = context.shape(0)) {
        if (x->size() < 2) return context.error("input has {} dimensions, expected at least 2", x->size());
        const auto* lengths = context.shape(1);
        const auto& samples = (*x)[static_cast<size_t>(batch)];
        if (lengths && (lengths->size() != 1 ||
                        ((*lengths)[0].isKnown() && samples.isKnown() && !same((*lengths)[0], samples))))
            return context.error("sequence_lens has shape {}, expected [{}]", ir::toString(*lengths),
                                 samples.toString());
    }
    return inferSameAsFirst(context);
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto batchAxis = context.attributes().integer("batch_axis", 1);
    if (x.rank() < 2 || (batchAxis != 0 && batchAxis != 1) ||
        context.attributes().integer("time_axis", 0) != 1 - batchAxis)
        return context.error("the axes do not fit input {}", tensor::toString(x.shape()));
    const int64_t first = x.shape()[0], second = x.shape()[1];
    const int64_t samples = batchAxis == 0 ? first : second, steps = batchAxis == 0 ? second : first;
    const auto lengths = tensor::toIntegers(context.in(1));
    if (static_cast<int64_t>(lengths.size()) != samples)
        return context.error("sequence_lens has {} items, expected {}", lengths.size(), samples);
    for (const auto length : lengths)
        if (length < 0 || length > steps)
            return context.error("sequence_lens holds {}, expected 0 to {}", length, steps);
    const auto inner = splitAt(x.shape(), 1).inner;
    auto y = context.allocate(x.type(), x.shape());
    if (!y) return y.error();
    Mover mover(x, *y);
    const auto place = [&](int64_t sample, int64_t step) {
        return (batchAxis == 0 ? sample * steps + step : step * samples + sample) * inner;
    };
    for (int64_t b = 0; b < samples && inner > 0; ++b) {
        const auto length = lengths[static_cast<size_t>(b)];
        for (int64_t t = 0; t < steps; ++t)
            mover.copy(place(b, t), place(b, t < length ? length - 1 - t : t), inner);
    }
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op reverseSequenceOp() {
    return {.name = "ReverseSequence",
            .sinceVersion = 10,
            .family = Family::shape,
            .summary = "Turns round the first items of each sequence",
            .inputs = {{"input", kAnyType, "T"}, {"sequence_lens", kInt64}},
            .outputs = {{"Y", kAnyType, "T"}},
            .attributes = {flagAttribute("batch_axis", 1, "axis of the samples"),
                           flagAttribute("time_axis", 0, "axis of the steps")},
            .infer = infer,
            .cost = nullptr,
            .evaluate = evaluate,
            .gradient = pickGradient};
}

}  // namespace lathe::ops
