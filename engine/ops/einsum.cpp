// Einsum: y[output labels] = sum over the other labels of the product of the operands, by numpy's notation
// ("bhid,bhjd->bhij"). A label twice in one term takes the diagonal; "..." stands for broadcast dimensions.
#include <algorithm>
#include <map>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

// Letters are themselves; dimensions under "..." are negative, counted from the right.
using Label = int;

struct Equation {
    std::vector<std::vector<Label>> terms;
    std::vector<Label> output;
};

base::Result<std::vector<Label>> parseTerm(std::string_view text, size_t ellipsisRank) {
    std::vector<Label> labels;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i, 3) == "...") {
            for (size_t k = ellipsisRank; k > 0; --k) labels.push_back(-static_cast<Label>(k));
            i += 2;
        } else if ((text[i] >= 'a' && text[i] <= 'z') || (text[i] >= 'A' && text[i] <= 'Z')) {
            labels.push_back(text[i]);
        } else {
            return base::Error::badInput(fmt::format("equation has the character '{}'", text[i]));
        }
    }
    return labels;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts(1);
    for (const char c : text)
        if (c == separator)
            parts.emplace_back();
        else
            parts.back() += c;
    return parts;
}

// Without "->" the output has the labels that occur once, in alphabetical order, behind the broadcast ones.
std::vector<Label> implicitOutput(const std::vector<std::vector<Label>>& terms) {
    std::map<Label, int> counts;
    for (const auto& term : terms)
        for (const auto label : term) ++counts[label];
    std::vector<Label> output;
    for (const auto& [label, count] : counts)
        if (label < 0 || count == 1) output.push_back(label);
    return output;
}

base::Result<Equation> parse(std::string_view text, const std::vector<size_t>& ranks) {
    std::string clean;
    for (const char c : text)
        if (c != ' ') clean += c;
    const auto arrow = clean.find("->");
    const auto inputs = split(clean.substr(0, arrow), ',');
    if (inputs.size() != ranks.size())
        return base::Error::badInput(
            fmt::format("equation {} has {} terms for {} inputs", text, inputs.size(), ranks.size()));
    Equation equation;
    size_t widest = 0;
    for (size_t i = 0; i < inputs.size(); ++i) {
        const bool ellipsis = inputs[i].find("...") != std::string::npos;
        const size_t letters = inputs[i].size() - (ellipsis ? 3 : 0);
        if (letters > ranks[i] || (!ellipsis && letters != ranks[i]))
            return base::Error::badInput(
                fmt::format("term {} does not fit an input with {} dimensions", inputs[i], ranks[i]));
        widest = std::max(widest, ellipsis ? ranks[i] - letters : 0);
        auto term = parseTerm(inputs[i], ranks[i] - letters);
        if (!term) return term.error();
        equation.terms.push_back(std::move(*term));
    }
    if (arrow == std::string::npos) {
        equation.output = implicitOutput(equation.terms);
        return equation;
    }
    auto output = parseTerm(clean.substr(arrow + 2), widest);
    if (!output) return output.error();
    equation.output = std::move(*output);
    for (const auto label : equation.output) {
        const auto names = [&](const std::vector<Label>& term) {
            return std::count(term.begin(), term.end(), label) > 0;
        };
        if (std::none_of(equation.terms.begin(), equation.terms.end(), names))
            return base::Error::badInput(fmt::format("the output label of {} is in no input", text));
        if (std::count(equation.output.begin(), equation.output.end(), label) > 1)
            return base::Error::badInput(fmt::format("equation {} repeats an output label", text));
    }
    return equation;
}

base::Status infer(InferContext& context) {
    std::vector<size_t> ranks;
    for (size_t i = 0; i < context.inputCount(); ++i) {
        if (!context.shape(i)) {
            context.setOutput(0, context.element(0), {});
            return {};
        }
        ranks.push_back(context.shape(i)->size());
    }
    const auto equation = parse(context.attributes().text("equation", ""), ranks);
    if (!equation) return context.error("{}", equation.error().message);
    std::map<Label, ir::Dim> sizes;
    for (size_t i = 0; i < ranks.size(); ++i)
        for (size_t k = 0; k < ranks[i]; ++k) {
            const auto& d = (*context.shape(i))[k];
            const auto label = equation->terms[i][k];
            const auto [it, fresh] = sizes.emplace(label, d);
            if (fresh || d == ir::Dim(1)) continue;
            if (it->second.isKnown() && d.isKnown() && !same(it->second, d) && it->second != ir::Dim(1))
                return context.error("a label of {} has sizes {} and {}",
                                     context.attributes().text("equation", ""), it->second.toString(),
                                     d.toString());
            if (!it->second.isKnown() || it->second == ir::Dim(1))
                it->second = it->second.isSymbolic() && !d.isKnown() ? it->second : d;
        }
    ir::SymbolicShape shape;
    for (const auto label : equation->output) shape.push_back(sizes.at(label));
    context.setOutput(0, context.element(0), std::move(shape));
    return {};
}

// Every combination of labels multiplies once.
Cost cost(const CostContext& context) {
    std::vector<size_t> ranks;
    for (const auto& input : context.inputs) ranks.push_back(input.shape.size());
    const auto equation = parse(context.attributes->text("equation", ""), ranks);
    if (!equation) return trafficCost(context);
    std::map<Label, double> sizes;
    for (size_t i = 0; i < ranks.size(); ++i)
        for (size_t k = 0; k < ranks[i]; ++k) {
            auto& size = sizes[equation->terms[i][k]];
            size = std::max(size, static_cast<double>(context.inputs[i].shape[k]));
        }
    double macs = 1;
    for (const auto& [label, size] : sizes) macs *= size;
    return macCost(context, macs);
}

base::Status evaluate(EvalContext& context) {
    std::vector<size_t> ranks;
    for (size_t i = 0; i < context.inputCount(); ++i) ranks.push_back(context.in(i).shape().size());
    const auto equation = parse(context.attributes().text("equation", ""), ranks);
    if (!equation) return context.error("{}", equation.error().message);
    std::map<Label, int64_t> sizes;
    for (size_t i = 0; i < ranks.size(); ++i)
        for (size_t k = 0; k < ranks[i]; ++k) {
            const auto size = context.in(i).shape()[k];
            auto& known = sizes.emplace(equation->terms[i][k], size).first->second;
            if (known == 1) known = size;
            if (size != known && size != 1)
                return context.error("a label of {} has sizes {} and {}",
                                     context.attributes().text("equation", ""), known, size);
        }
    // Output labels first, then those summed over.
    std::vector<Label> order = equation->output;
    for (const auto& [label, size] : sizes)
        if (std::find(order.begin(), order.end(), label) == order.end()) order.push_back(label);
    std::vector<int64_t> limits;
    for (const auto label : order) limits.push_back(sizes.at(label));
    const tensor::Shape shape(limits.begin(),
                              limits.begin() + static_cast<ptrdiff_t>(equation->output.size()));
    if (auto ok = checkSize(context, shape); !ok) return ok;
    const size_t operands = ranks.size(), free = shape.size();
    std::vector<Reals> values;
    std::vector<std::vector<int64_t>> steps;  // by operand and label
    for (size_t i = 0; i < operands; ++i) {
        values.push_back(reals(context.in(i)));
        const auto strides = tensor::strides(context.in(i).shape());
        std::vector<int64_t> step(order.size(), 0);
        for (size_t k = 0; k < ranks[i]; ++k) {
            const auto at = std::find(order.begin(), order.end(), equation->terms[i][k]) - order.begin();
            if (context.in(i).shape()[k] != 1) step[static_cast<size_t>(at)] += strides[k];
        }
        steps.push_back(std::move(step));
    }
    const auto summed = std::span(limits).subspan(free);
    const bool emptySum = std::find(summed.begin(), summed.end(), 0) != summed.end();
    Reals y(static_cast<size_t>(tensor::elementCount(shape)), 0);
    std::vector<int64_t> position(order.size(), 0);
    for (auto& sum : y) {
        std::fill(position.begin() + static_cast<ptrdiff_t>(free), position.end(), 0);
        const auto inner = std::span(position).subspan(free);
        if (!emptySum) do {
                double product = 1;
                for (size_t i = 0; i < operands; ++i) {
                    int64_t at = 0;
                    for (size_t k = 0; k < order.size(); ++k) at += position[k] * steps[i][k];
                    product *= values[i][static_cast<size_t>(at)];
                }
                sum += product;
            } while (nextIndex(inner, summed));
        nextIndex(std::span(position).first(free), std::span(limits).first(free));
    }
    return setReals(context, 0, context.in(0).type(), shape, y);
}

}  // namespace

Op einsumOp() {
    return {.name = "Einsum",
            .sinceVersion = 12,
            .family = Family::convolution,
            .summary = "Sum of products by index notation",
            .inputs = {{"Inputs", kNumbers, "T", Presence::variadic}},
            .outputs = {{"Output", kNumbers, "T"}},
            .attributes = {{.name = "equation",
                            .type = base::ParamType::text,
                            .defaultValue = std::string(),
                            .help = "which labels each operand has, and after -> those of the output",
                            .required = true}},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
