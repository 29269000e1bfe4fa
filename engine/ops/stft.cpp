// STFT: Fourier transforms of windowed frames that begin every frame_step samples.
//
//   frames = floor((length - frame_length) / frame_step) + 1
//   y[n, f, k] = sum over i of signal[n, f*step + i] * window[i] * exp(-2 pi i k i/frame_length)
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_fourier.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    if (x && x->size() != 2 && x->size() != 3)
        return context.error("signal has {} dimensions, expected 2 or 3", x->size());
    ir::SymbolicShape shape = {x ? (*x)[0] : ir::Dim::unknown(), ir::Dim::unknown(), ir::Dim::unknown(), 2};
    std::optional<ir::Dim> frame;
    if (const auto length = context.contents(3); length && length->size() == 1)
        frame = length->front();
    else if (const auto* window = context.shape(2); window && window->size() == 1)
        frame = window->front();
    if (frame) {
        shape[2] = context.attributes().integer("onesided", 1) != 0 ? floorDiv(*frame, 2) + 1 : *frame;
        if (const auto step = context.contents(1);
            x && step && step->size() == 1 && step->front().constantOr(0) > 0)
            shape[1] = floorDiv((*x)[1] - *frame, *step->front().constant()) + 1;
    }
    context.setOutput(0, context.element(0), std::move(shape));
    return {};
}

Cost cost(const CostContext& context) {
    auto cost = trafficCost(context);
    const auto& y = context.outputs[0].shape;
    const double frame = y.size() == 4 ? static_cast<double>(y[2]) : 1;
    cost.operations = 5 * context.outputElements() * std::log2(frame + 1);
    return cost;
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const int64_t parts = x.rank() == 3 ? x.shape()[2] : 1;
    if ((x.rank() != 2 && x.rank() != 3) || (parts != 1 && parts != 2))
        return context.error("signal {} does not fit, expected [N, length, 1 or 2]",
                             tensor::toString(x.shape()));
    const auto stepInput = oneInteger(context, 1, "frame_step");
    if (!stepInput) return stepInput.error();
    const int64_t step = *stepInput, length = x.shape()[1];
    int64_t frame = context.has(2) ? context.in(2).elementCount() : length;
    if (context.has(3)) {
        const auto wanted = oneInteger(context, 3, "frame_length");
        if (!wanted) return wanted.error();
        frame = *wanted;
    }
    if (step < 1 || frame < 1 || frame > length)
        return context.error("frames of {} every {} do not fit {} samples", frame, step, length);
    const Reals window = realsOr(context, 2, frame, 1);
    if (static_cast<int64_t>(window.size()) != frame)
        return context.error("window has {} items, expected {}", window.size(), frame);
    const int64_t frames = (length - frame) / step + 1;
    const int64_t bins = context.attributes().integer("onesided", 1) != 0 ? frame / 2 + 1 : frame;
    const tensor::Shape shape = {x.shape()[0], frames, bins, 2};
    if (auto ok = checkSize(context, shape); !ok) return ok;
    const Reals in = reals(x);
    Reals y;
    y.reserve(static_cast<size_t>(tensor::elementCount(shape)));
    std::vector<std::complex<double>> signal(static_cast<size_t>(frame));
    for (int64_t n = 0; n < x.shape()[0]; ++n)
        for (int64_t f = 0; f < frames; ++f) {
            for (int64_t i = 0; i < frame; ++i) {
                const auto at = static_cast<size_t>((n * length + f * step + i) * parts);
                const double weight = window[static_cast<size_t>(i)];
                signal[static_cast<size_t>(i)] = {in[at] * weight, parts == 2 ? in[at + 1] * weight : 0};
            }
            for (const auto& value : fourier(signal, static_cast<size_t>(bins), false)) {
                y.push_back(value.real());
                y.push_back(value.imag());
            }
        }
    return setReals(context, 0, x.type(), shape, y);
}

}  // namespace

Op stftOp() {
    return {.name = "STFT",
            .sinceVersion = 17,
            .family = Family::convolution,
            .summary = "Fourier transforms of overlapping frames of a signal",
            .inputs = {{"signal", kFloats, "T1"},
                       {"frame_step", kIndices, "T2"},
                       {"window", kFloats, "T1", Presence::optional},
                       {"frame_length", kIndices, "T2", Presence::optional}},
            .outputs = {{"output", kFloats, "T1"}},
            .attributes = {flagAttribute("onesided", 1, "1: only the half that tells a real signal")},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
