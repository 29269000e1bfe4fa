// MelWeightMatrix: weights that gather the bins of a spectrum into triangles evenly spaced on the mel scale
// mel = 2595 log10(1 + f/700); [dft_length/2 + 1, num_mel_bins].
#include <algorithm>
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

tensor::DataType outputType(const ir::Attributes& attributes) {
    return static_cast<tensor::DataType>(attributes.integer("output_datatype", 1));
}

base::Status infer(InferContext& context) {
    const auto type = context.attributes().integer("output_datatype", 1);
    if (type < 1 || type >= tensor::kDataTypeCount || !(typeBit(outputType(context.attributes())) & kNumbers))
        return context.error("output_datatype {} is no number type", type);
    const auto one = [&](size_t i) {
        const auto contents = context.contents(i);
        return contents && contents->size() == 1 ? contents->front() : ir::Dim::unknown();
    };
    const auto bins = one(0), length = one(1);
    context.setOutput(0, outputType(context.attributes()),
                      ir::SymbolicShape{length.isUnknown() ? length : floorDiv(length, 2) + 1, bins});
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto binsInput = oneInteger(context, 0, "num_mel_bins"),
               lengthInput = oneInteger(context, 1, "dft_length"),
               rateInput = oneInteger(context, 2, "sample_rate");
    for (const auto* input : {&binsInput, &lengthInput, &rateInput})
        if (!*input) return input->error();
    const auto lowInput = oneReal(context, 3, "lower_edge_hertz"),
               highInput = oneReal(context, 4, "upper_edge_hertz");
    if (!lowInput) return lowInput.error();
    if (!highInput) return highInput.error();
    const int64_t bins = *binsInput, length = *lengthInput, rate = *rateInput;
    const double low = *lowInput, high = *highInput;
    if (bins < 1 || length < 1 || rate < 1 || !(low >= 0) || !(high > low))
        return context.error("{} bins from {} to {} Hz of {} at {} Hz do not fit", bins, low, high, length,
                             rate);
    const int64_t rows = length / 2 + 1;
    const tensor::Shape shape = {rows, bins};
    if (auto ok = checkSize(context, shape); !ok) return ok;
    const auto toMel = [](double hertz) { return 2595 * std::log10(1 + hertz / 700); };
    const double lowMel = toMel(low), mel = (toMel(high) - lowMel) / static_cast<double>(bins + 2);
    // Corners of the triangles as bins of the spectrum.
    std::vector<int64_t> corners;
    for (int64_t i = 0; i < bins + 2; ++i) {
        const double hertz = 700 * (std::pow(10, (lowMel + mel * static_cast<double>(i)) / 2595) - 1);
        corners.push_back(static_cast<int64_t>(
            std::floor(static_cast<double>(length + 1) * hertz / static_cast<double>(rate))));
    }
    Reals y(static_cast<size_t>(rows * bins), 0);
    for (int64_t i = 0; i < bins; ++i) {
        const auto* c = corners.data() + i;
        const auto set = [&](int64_t row, double value) {
            if (row >= 0 && row < rows) y[static_cast<size_t>(row * bins + i)] = value;
        };
        if (c[0] == c[1]) set(c[1], 1);
        for (int64_t j = c[0]; c[0] != c[1] && j <= c[1]; ++j)
            set(j, static_cast<double>(j - c[0]) / static_cast<double>(c[1] - c[0]));
        for (int64_t j = c[1]; c[1] != c[2] && j < c[2]; ++j)
            set(j, static_cast<double>(c[2] - j) / static_cast<double>(c[2] - c[1]));
    }
    return setReals(context, 0, outputType(context.attributes()), shape, y);
}

}  // namespace

Op melWeightMatrixOp() {
    return {.name = "MelWeightMatrix",
            .sinceVersion = 17,
            .family = Family::shape,
            .summary = "Weights that gather a spectrum into mel bins",
            .inputs = {{"num_mel_bins", kIndices, "T1"},
                       {"dft_length", kIndices, "T1"},
                       {"sample_rate", kIndices, "T1"},
                       {"lower_edge_hertz", kFloats, "T2"},
                       {"upper_edge_hertz", kFloats, "T2"}},
            .outputs = {{"output", kNumbers, "T3"}},
            .attributes = {integerAttribute("output_datatype", 1, "element type of the output")},
            .infer = infer,
            .cost = nullptr,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
