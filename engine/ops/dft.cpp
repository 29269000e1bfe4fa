// DFT along one axis: X[k] = sum over n of x[n] exp(-2 pi i k n/N), inverse with +i and divided by N.
//
// The last dimension holds 1 (real) or 2 (real, imaginary) numbers. With onesided the forward transform gives
// the first N/2 + 1 results, and the inverse reads such a half and gives real numbers.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_fourier.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    if (!x) {
        context.setOutput(0, context.element(0), {});
        return {};
    }
    const auto rank = static_cast<int64_t>(x->size());
    if (rank < 2) return context.error("input has {} dimensions, expected at least 2", rank);
    const bool onesided = context.attributes().integer("onesided", 0) != 0;
    const bool inverse = context.attributes().integer("inverse", 0) != 0;
    auto shape = *x;
    const auto given = context.has(2) ? context.contents(2) : SymbolicContents{-2};
    if (!given || given->size() != 1 || !given->front().isKnown()) {
        shape.assign(x->size(), ir::Dim::unknown());
        context.setOutput(0, context.element(0), std::move(shape));
        return {};
    }
    const auto axis = tensor::normalizedAxis(*given->front().constant(), rank);
    if (!axis || *axis == rank - 1)
        return context.error("axis {} is outside the {} dimensions before the last",
                             given->front().toString(), rank - 1);
    auto& size = shape[static_cast<size_t>(*axis)];
    if (context.has(1)) {
        const auto length = context.contents(1);
        size = length && length->size() == 1 ? length->front() : context.freshDim("length");
    } else if (onesided && inverse) {
        size = (size - 1) * 2;
    }
    if (onesided && !inverse) size = floorDiv(size, 2) + 1;
    shape.back() = onesided && inverse ? 1 : 2;
    context.setOutput(0, context.element(0), std::move(shape));
    return {};
}

Cost cost(const CostContext& context) {
    auto cost = trafficCost(context);
    // What a fast transform takes: 5 N log2 N.
    double length = 1;
    for (const auto d : context.inputs[0].shape) length = std::max(length, static_cast<double>(d));
    cost.operations = 5 * context.inputElements() * std::log2(length + 1);
    return cost;
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const bool onesided = context.attributes().integer("onesided", 0) != 0;
    const bool inverse = context.attributes().integer("inverse", 0) != 0;
    const auto given = context.has(2) ? oneInteger(context, 2, "axis") : base::Result<int64_t>(int64_t{-2});
    if (!given) return given.error();
    const auto axis = tensor::normalizedAxis(*given, x.rank());
    const int64_t parts = x.rank() ? x.shape().back() : 0;
    if (!axis || *axis == x.rank() - 1 || (parts != 1 && parts != 2))
        return context.error("input {} with this axis does not fit", tensor::toString(x.shape()));
    const auto at = static_cast<size_t>(*axis);
    const int64_t present = x.shape()[at];
    int64_t length = onesided && inverse ? 2 * (present - 1) : present;
    if (context.has(1)) {
        const auto wanted = oneInteger(context, 1, "dft_length");
        if (!wanted) return wanted.error();
        length = *wanted;
    }
    if (length < 1 || length > (int64_t{1} << 24))
        return context.error("the transform has length {}, expected 1 to 2^24", length);
    auto shape = x.shape();
    shape[at] = onesided && !inverse ? length / 2 + 1 : length;
    shape.back() = onesided && inverse ? 1 : 2;
    if (auto ok = checkSize(context, shape); !ok) return ok;
    const auto split = splitAt(tensor::Dimensions(x.shape()).first(x.shape().size() - 1), at);
    const Reals in = reals(x);
    Reals y(static_cast<size_t>(tensor::elementCount(shape)));
    std::vector<std::complex<double>> signal(static_cast<size_t>(length));
    for (int64_t o = 0; o < split.outer; ++o)
        for (int64_t i = 0; i < split.inner; ++i) {
            for (int64_t n = 0; n < length; ++n) {
                // The second half of a real signal's spectrum mirrors the first.
                const bool mirrored = onesided && inverse && n > length / 2;
                const int64_t from = mirrored ? length - n : n;
                const auto place = static_cast<size_t>(((o * present + from) * split.inner + i) * parts);
                std::complex<double> value = 0;
                if (from < present) value = {in[place], parts == 2 ? in[place + 1] : 0};
                signal[static_cast<size_t>(n)] = mirrored ? std::conj(value) : value;
            }
            const auto spectrum = fourier(signal, static_cast<size_t>(shape[at]), inverse);
            for (int64_t k = 0; k < shape[at]; ++k) {
                const auto place =
                    static_cast<size_t>(((o * shape[at] + k) * split.inner + i) * shape.back());
                y[place] = spectrum[static_cast<size_t>(k)].real();
                if (shape.back() == 2) y[place + 1] = spectrum[static_cast<size_t>(k)].imag();
            }
        }
    return setReals(context, 0, x.type(), shape, y);
}

}  // namespace

Op dftOp() {
    return {.name = "DFT",
            .sinceVersion = 20,
            .family = Family::convolution,
            .summary = "Discrete Fourier transform along one axis",
            .inputs = {{"input", kFloats, "T1"},
                       {"dft_length", kIndices, "T2", Presence::optional},
                       {"axis", kInt64, {}, Presence::optional}},
            .outputs = {{"output", kFloats, "T1"}},
            .attributes = {flagAttribute("inverse", 0, "1: the inverse transform"),
                           flagAttribute("onesided", 0, "1: only the half that tells a real signal")},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
