// com.microsoft DynamicQuantizeLSTM: LSTM whose weights are bytes and whose operands become bytes on the way.
//
//   w = (W - W_zero_point) * W_scale      x and h are quantized to uint8 with the range of their numbers
//
// W [directions, input, 4*hidden] and R [directions, hidden, 4*hidden] lie transposed; a scale and a zero
// point for each direction, or for each direction and column. X has one range for the whole input, h one for
// each step of each sample.
#include "engine/ops/op.h"
#include "engine/ops/support_dynamic_range.h"
#include "engine/ops/support_lstm.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

enum Input : size_t { kX, kW, kR, kWScale = 8, kWZero, kRScale, kRZero };

base::Status infer(InferContext& context) {
    const auto *x = context.shape(kX), *w = context.shape(kW), *r = context.shape(kR);
    for (const auto& [shape, name] : {std::pair(x, "X"), std::pair(w, "W"), std::pair(r, "R")})
        if (shape && shape->size() != 3)
            return context.error("{} has {} dimensions, expected 3", name, shape->size());
    const auto& attributes = context.attributes();
    const ir::Dim directions = attributes.text("direction", "forward") == "bidirectional" ? 2 : 1;
    ir::Dim hidden = r ? (*r)[1] : ir::Dim::unknown();
    if (const auto size = attributes.integer("hidden_size", 0); size > 0) hidden = size;
    for (const auto& [shape, name] : {std::pair(w, "W"), std::pair(r, "R")}) {
        if (!shape) continue;
        if ((*shape)[0].isKnown() && !same((*shape)[0], directions))
            return context.error("{} is for {} directions, expected {}", name, (*shape)[0].toString(),
                                 directions.toString());
        if ((*shape)[2].isKnown() && hidden.isKnown() && !same((*shape)[2], hidden * kLstmGates))
            return context.error("{} has {} columns, expected {}", name, (*shape)[2].toString(),
                                 (hidden * kLstmGates).toString());
    }
    if (x && w && (*x)[2].isKnown() && (*w)[1].isKnown() && !same((*x)[2], (*w)[1]))
        return context.error("X has {} features, but W takes {}", (*x)[2].toString(), (*w)[1].toString());
    const ir::Dim steps = x ? (*x)[0] : ir::Dim::unknown(), batch = x ? (*x)[1] : ir::Dim::unknown();
    context.setOutput(0, context.element(kX), ir::SymbolicShape{steps, directions, batch, hidden});
    for (const size_t i : {1, 2})
        context.setOutput(i, context.element(kX), ir::SymbolicShape{directions, batch, hidden});
    return {};
}

// What the bytes stand for, as the rows of the standard's operator.
base::Result<Reals> readWeights(const EvalContext& context, size_t i, size_t scaleAt, size_t zeroAt,
                                tensor::Shape& shape) {
    const auto &packed = context.in(i), &scale = context.in(scaleAt), &zero = context.in(zeroAt);
    if (packed.rank() != 3)
        return context.error("input {} {} must have 3 dimensions", i, tensor::toString(packed.shape()));
    const int64_t directions = packed.shape()[0], inner = packed.shape()[1], columns = packed.shape()[2];
    for (const auto* parameter : {&scale, &zero})
        if (parameter->elementCount() != directions && parameter->elementCount() != directions * columns)
            return context.error("input {} has a scale or zero point of {} items, expected {} or {}", i,
                                 parameter->elementCount(), directions, directions * columns);
    const Reals codes = reals(packed), scales = reals(scale), zeros = reals(zero);
    const auto of = [&](const Reals& values, int64_t d, int64_t column) {
        const bool each = static_cast<int64_t>(values.size()) != directions;
        return values[static_cast<size_t>(each ? d * columns + column : d)];
    };
    Reals weights(codes.size());
    for (int64_t d = 0; d < directions; ++d)
        for (int64_t k = 0; k < inner; ++k)
            for (int64_t j = 0; j < columns; ++j)
                weights[static_cast<size_t>((d * columns + j) * inner + k)] =
                    (codes[static_cast<size_t>((d * inner + k) * columns + j)] - of(zeros, d, j)) *
                    of(scales, d, j);
    shape = {directions, columns, inner};
    return weights;
}

// The numbers become what their bytes stand for.
void throughBytes(std::span<double> values) {
    const std::vector<float> narrow(values.begin(), values.end());
    const auto quantized = dynamicallyQuantized(narrow);
    for (size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<double>(quantized.codes[i] - quantized.zeroPoint) *
                    static_cast<double>(quantized.scale);
}

base::Status evaluate(EvalContext& context) {
    RecurrentWeights weights;
    auto w = readWeights(context, kW, kWScale, kWZero, weights.wShape);
    if (!w) return w.error();
    auto r = readWeights(context, kR, kRScale, kRZero, weights.rShape);
    if (!r) return r.error();
    weights.w = std::move(*w);
    weights.r = std::move(*r);
    auto recurrent = readRecurrent(context, kLstmGates, lstmActivations(), std::move(weights));
    if (!recurrent) return recurrent.error();
    throughBytes(recurrent->x);
    return runLstm(context, *recurrent, throughBytes);
}

}  // namespace

Op comMicrosoftDynamicQuantizeLSTMOp() {
    constexpr TypeSet kFloat = typeBit(tensor::DataType::float32);
    std::vector<Formal> inputs = {{"X", kFloat, "T"}, {"W", kBytes, "T2"}, {"R", kBytes, "T2"}};
    for (const auto& input : lstmStateInputs(kFloat)) inputs.push_back(input);
    for (const Formal& input : {Formal{"W_scale", kFloat, "T"}, Formal{"W_zero_point", kBytes, "T2"},
                                Formal{"R_scale", kFloat, "T"}, Formal{"R_zero_point", kBytes, "T2"}})
        inputs.push_back(input);
    auto attributes = lstmAttributes();
    std::erase_if(attributes, [](const base::ParamSpec& attribute) { return attribute.name == "layout"; });
    return {.name = "DynamicQuantizeLSTM",
            .domain = kMicrosoft,
            .family = Family::quantization,
            .summary = "Long short-term memory with weights in bytes",
            .inputs = std::move(inputs),
            .outputs = lstmOutputs(kFloat),
            .attributes = std::move(attributes),
            .infer = infer,
            .cost = recurrentCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
