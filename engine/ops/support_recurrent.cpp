#include "engine/ops/support_recurrent.h"

#include <algorithm>
#include <array>

#include "engine/ops/support_attributes.h"

namespace lathe::ops {
namespace {

// alpha and beta lists hold values only for the activations that take one, in order.
base::Result<std::vector<Activation>> readActivations(const EvalContext& context, size_t count,
                                                      std::vector<std::string> names) {
    const auto alphas = context.attributes().reals("activation_alpha");
    const auto betas = context.attributes().reals("activation_beta");
    if (names.size() != count)
        return context.error("activations has {} items, expected {}", names.size(), count);
    std::vector<Activation> result;
    size_t nextAlpha = 0, nextBeta = 0;
    for (const auto& name : names) {
        const auto* info = findActivation(name);
        if (!info || !info->recurrent)
            return context.error("activation {} is not known. Use one of the ONNX standard.", name);
        double alpha = info->defaultAlpha, beta = info->defaultBeta;
        if (info->alpha && nextAlpha < alphas.size()) alpha = static_cast<double>(alphas[nextAlpha++]);
        if (info->beta && nextBeta < betas.size()) beta = static_cast<double>(betas[nextBeta++]);
        result.emplace_back(info->kind, alpha, beta);
    }
    return result;
}

// [a, b, rest] to [b, a, rest].
Reals swapFirstTwo(const Reals& values, int64_t a, int64_t b, int64_t rest) {
    Reals result(values.size());
    for (int64_t i = 0; i < a; ++i)
        for (int64_t j = 0; j < b; ++j)
            std::copy_n(values.begin() + (i * b + j) * rest, rest, result.begin() + (j * a + i) * rest);
    return result;
}

}  // namespace

double Recurrent::clipped(double value) const { return clip > 0 ? std::clamp(value, -clip, clip) : value; }

base::Result<Recurrent> readRecurrent(const EvalContext& context, int64_t gates,
                                      const std::vector<std::string>& defaults) {
    const auto &w = context.in(1), &r = context.in(2);
    return readRecurrent(context, gates, defaults, {w.shape(), r.shape(), reals(w), reals(r)});
}

base::Result<Recurrent> readRecurrent(const EvalContext& context, int64_t gates,
                                      const std::vector<std::string>& defaults, RecurrentWeights weights) {
    const auto& attributes = context.attributes();
    const auto& x = context.in(0);
    const auto &w = weights.wShape, &r = weights.rShape;
    if (x.rank() != 3 || w.size() != 3 || r.size() != 3)
        return context.error("X, W and R have {}, {} and {} dimensions, expected 3", x.rank(), w.size(),
                             r.size());
    Recurrent result;
    result.gates = gates;
    result.batchFirst = attributes.integer("layout", 0) == 1;
    result.steps = x.shape()[result.batchFirst ? 1 : 0];
    result.batch = x.shape()[result.batchFirst ? 0 : 1];
    result.inputSize = x.shape()[2];
    result.hidden = r[2];
    const auto direction = attributes.text("direction", "forward");
    result.directions = direction == "bidirectional" ? 2 : 1;
    result.reverseOnly = direction == "reverse";
    result.clip = static_cast<double>(attributes.real("clip", 0));
    const tensor::Shape wantedW = {result.directions, gates * result.hidden, result.inputSize};
    const tensor::Shape wantedR = {result.directions, gates * result.hidden, result.hidden};
    if (!(w == wantedW) || !(r == wantedR))
        return context.error("W {} and R {} do not fit, expected {} and {}", tensor::toString(w),
                             tensor::toString(r), tensor::toString(wantedW), tensor::toString(wantedR));
    if (const auto hidden = attributes.integer("hidden_size", result.hidden); hidden != result.hidden)
        return context.error("hidden_size is {}, but R has {}", hidden, result.hidden);
    result.x = reals(x);
    if (result.batchFirst) result.x = swapFirstTwo(result.x, result.batch, result.steps, result.inputSize);
    result.w = std::move(weights.w);
    result.r = std::move(weights.r);
    const int64_t rows = gates * result.hidden;
    const Reals bias = realsOr(context, 3, 2 * rows * result.directions, 0);
    if (static_cast<int64_t>(bias.size()) != 2 * rows * result.directions)
        return context.error("B {} does not fit, expected {}", tensor::toString(context.in(3).shape()),
                             tensor::toString(tensor::Shape{result.directions, 2 * rows}));
    result.lengths.assign(static_cast<size_t>(result.batch), result.steps);
    if (context.has(4)) result.lengths = tensor::toIntegers(context.in(4));
    if (static_cast<int64_t>(result.lengths.size()) != result.batch)
        return context.error("sequence_lens has {} items, expected {}", result.lengths.size(), result.batch);
    for (const auto length : result.lengths)
        if (length < 0 || length > result.steps)
            return context.error("sequence_lens holds {}, expected 0 to {}", length, result.steps);
    std::vector<std::string> names;
    for (int64_t d = 0; d < result.directions; ++d)
        names.insert(names.end(), defaults.begin(), defaults.end());
    const auto activations = readActivations(context, names.size(), attributes.texts("activations", names));
    if (!activations) return activations.error();
    for (int64_t d = 0; d < result.directions; ++d) {
        RecurrentDirection one;
        const auto at = [&](const Reals& values, int64_t count) {
            return std::span(values).subspan(static_cast<size_t>(d * count), static_cast<size_t>(count));
        };
        const auto both = at(bias, 2 * rows);
        one.wBias.assign(both.begin(), both.begin() + rows);
        one.rBias.assign(both.begin() + rows, both.end());
        const auto first = activations->begin() + d * static_cast<int64_t>(defaults.size());
        one.activations.assign(first, first + static_cast<int64_t>(defaults.size()));
        result.direction.push_back(std::move(one));
    }
    return result;
}

base::Result<Reals> readState(const EvalContext& context, const Recurrent& recurrent, size_t i) {
    const int64_t count = recurrent.directions * recurrent.batch * recurrent.hidden;
    Reals state = realsOr(context, i, count, 0);
    if (static_cast<int64_t>(state.size()) != count)
        return context.error("the initial state has {} items, expected {}", state.size(), count);
    if (recurrent.batchFirst)
        state = swapFirstTwo(state, recurrent.batch, recurrent.directions, recurrent.hidden);
    return state;
}

void addProduct(std::span<const double> matrix, std::span<const double> vector, std::span<double> y) {
    const double* row = matrix.data();
    for (auto& out : y) {
        double sum = 0;
        for (const double value : vector) sum += *row++ * value;
        out += sum;
    }
}

base::Status runRecurrent(EvalContext& context, const Recurrent& rec, Reals h, Reals c,
                          const RecurrentCell& cell) {
    const auto hidden = static_cast<size_t>(rec.hidden), rows = static_cast<size_t>(rec.gates) * hidden;
    const auto inputSize = static_cast<size_t>(rec.inputSize);
    const auto state = [&](Reals& values, int64_t d, int64_t n) {
        if (values.empty()) return std::span<double>();
        return std::span(values).subspan(static_cast<size_t>(d * rec.batch + n) * hidden, hidden);
    };
    const tensor::Shape shape = rec.batchFirst
                                    ? tensor::Shape{rec.batch, rec.steps, rec.directions, rec.hidden}
                                    : tensor::Shape{rec.steps, rec.directions, rec.batch, rec.hidden};
    if (auto ok = checkSize(context, shape); !ok) return ok;
    Reals y(static_cast<size_t>(tensor::elementCount(shape)), 0);
    Reals input(rows);
    for (int64_t d = 0; d < rec.directions; ++d) {
        RecurrentDirection direction = rec.direction[static_cast<size_t>(d)];
        direction.w = std::span(rec.w).subspan(static_cast<size_t>(d) * rows * inputSize, rows * inputSize);
        direction.r = std::span(rec.r).subspan(static_cast<size_t>(d) * rows * hidden, rows * hidden);
        const bool backwards = d == 1 || rec.reverseOnly;
        for (int64_t n = 0; n < rec.batch; ++n)
            for (int64_t s = 0; s < rec.lengths[static_cast<size_t>(n)]; ++s) {
                const int64_t t = backwards ? rec.lengths[static_cast<size_t>(n)] - 1 - s : s;
                const auto x =
                    std::span(rec.x).subspan(static_cast<size_t>(t * rec.batch + n) * inputSize, inputSize);
                input = direction.wBias;
                addProduct(direction.w, x, input);
                const auto now = state(h, d, n);
                cell(direction, d, input, now, state(c, d, n));
                const int64_t at = rec.batchFirst ? (n * rec.steps + t) * rec.directions + d
                                                  : (t * rec.directions + d) * rec.batch + n;
                std::copy(now.begin(), now.end(), y.begin() + at * rec.hidden);
            }
    }
    const auto type = context.in(0).type();
    const tensor::Shape last = rec.batchFirst ? tensor::Shape{rec.batch, rec.directions, rec.hidden}
                                              : tensor::Shape{rec.directions, rec.batch, rec.hidden};
    const auto turned = [&](const Reals& values) {
        return rec.batchFirst ? swapFirstTwo(values, rec.directions, rec.batch, rec.hidden) : values;
    };
    if (auto ok = setReals(context, 0, type, shape, y); !ok) return ok;
    if (auto ok = setReals(context, 1, type, last, turned(h)); !ok) return ok;
    return c.empty() ? base::Status() : setReals(context, 2, type, last, turned(c));
}

base::Status inferRecurrent(InferContext& context, int64_t gates) {
    const auto& attributes = context.attributes();
    constexpr std::array<std::string_view, 3> kNames = {"X", "W", "R"};
    for (size_t i = 0; i < kNames.size(); ++i)
        if (const auto* shape = context.shape(i); shape && shape->size() != 3)
            return context.error("{} has {} dimensions, expected 3", kNames[i], shape->size());
    const auto* x = context.shape(0);
    const auto* w = context.shape(1);
    const auto* r = context.shape(2);
    if (x && w && (*x)[2].isKnown() && (*w)[2].isKnown() && !same((*x)[2], (*w)[2]))
        return context.error("X has {} features, but W takes {}", (*x)[2].toString(), (*w)[2].toString());
    ir::Dim hidden = r ? (*r)[2] : ir::Dim::unknown();
    if (const auto size = attributes.integer("hidden_size", 0); size > 0) hidden = size;
    if (r && (*r)[1].isKnown() && hidden.isKnown() && !same((*r)[1], hidden * gates))
        return context.error("R has {} rows, expected {}", (*r)[1].toString(), (hidden * gates).toString());
    const ir::Dim directions = attributes.text("direction", "forward") == "bidirectional" ? 2 : 1;
    if (w && (*w)[0].isKnown() && !same((*w)[0], directions))
        return context.error("W is for {} directions, expected {}", (*w)[0].toString(),
                             directions.toString());
    const bool batchFirst = attributes.integer("layout", 0) == 1;
    const ir::Dim steps = x ? (*x)[batchFirst ? 1 : 0] : ir::Dim::unknown();
    const ir::Dim batch = x ? (*x)[batchFirst ? 0 : 1] : ir::Dim::unknown();
    const auto type = context.element(0);
    context.setOutput(0, type,
                      batchFirst ? ir::SymbolicShape{batch, steps, directions, hidden}
                                 : ir::SymbolicShape{steps, directions, batch, hidden});
    for (const size_t i : {1, 2})
        context.setOutput(i, type,
                          batchFirst ? ir::SymbolicShape{batch, directions, hidden}
                                     : ir::SymbolicShape{directions, batch, hidden});
    return {};
}

Cost recurrentCost(const CostContext& context) {
    const auto& x = context.inputs[0].shape;
    if (x.size() != 3) return trafficCost(context);
    // Each weight meets each sample at each step once.
    return macCost(context, static_cast<double>(x[0]) * static_cast<double>(x[1]) *
                                (context.inputElements(1) + context.inputElements(2)));
}

std::vector<base::ParamSpec> recurrentAttributes() {
    return {realsAttribute("activation_alpha", "parameters of the activations that take one, in order"),
            realsAttribute("activation_beta", "second parameters of the activations that take one, in order"),
            textsAttribute("activations", "activation functions, for each direction"),
            realAttribute("clip", 0, "inputs of activations are kept in [-clip, clip]; 0: no bound"),
            choiceAttribute("direction", {"forward", "reverse", "bidirectional"}, "forward",
                            "which way steps go"),
            integerAttribute("hidden_size", 0, "items of the hidden state"),
            flagAttribute("layout", 0, "0: steps first, 1: batch first")};
}

}  // namespace lathe::ops
