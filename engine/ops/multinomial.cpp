// Multinomial: draws sample_size class indices for each row of unnormalised log-probabilities.
#include <algorithm>
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_quantize.h"
#include "engine/ops/support_random.h"

namespace lathe::ops {
namespace {

tensor::DataType outputType(const ir::Attributes& attributes) {
    return attributes.integer("dtype", 6) == 7 ? tensor::DataType::int64 : tensor::DataType::int32;
}

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    if (x && x->size() != 2) return context.error("input has {} dimensions, expected 2", x->size());
    const auto samples = context.attributes().integer("sample_size", 1);
    if (samples < 1) return context.error("sample_size is {}, expected at least 1", samples);
    context.setOutput(0, outputType(context.attributes()),
                      ir::SymbolicShape{x ? (*x)[0] : ir::Dim::unknown(), samples});
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const int64_t samples = context.attributes().integer("sample_size", 1);
    if (x.rank() != 2 || x.shape()[1] < 1 || samples < 1)
        return context.error("input {} and {} samples do not fit", tensor::toString(x.shape()), samples);
    const auto classes = static_cast<size_t>(x.shape()[1]);
    const tensor::Shape shape = {x.shape()[0], samples};
    if (auto ok = checkSize(context, shape); !ok) return ok;
    auto generator = randomGenerator(context);
    const Reals logits = reals(x);
    Codes picked;
    for (size_t first = 0; first < logits.size(); first += classes) {
        const auto row = std::span(logits).subspan(first, classes);
        const double largest = *std::max_element(row.begin(), row.end());
        Reals weights;
        for (const double value : row) weights.push_back(std::exp(value - largest));
        std::discrete_distribution<int64_t> draw(weights.begin(), weights.end());
        for (int64_t i = 0; i < samples; ++i) picked.push_back(draw(generator));
    }
    return setCodes(context, 0, outputType(context.attributes()), shape, picked);
}

}  // namespace

Op multinomialOp() {
    return {.name = "Multinomial",
            .sinceVersion = 22,
            .family = Family::control,
            .summary = "Draws class indices from rows of log-probabilities",
            .inputs = {{"input", kFloats, "T1"}},
            .outputs = {{"output", kIndices, "T2"}},
            .attributes = {integerAttribute("dtype", 6, "element type of the output: 6 or 7"),
                           integerAttribute("sample_size", 1, "draws for each row"),
                           realAttribute("seed", 0, "seed; none: the run's")},
            .infer = infer,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .deterministic = false};
}

}  // namespace lathe::ops
