// The text form of chains and their application.
//   chain  = step { "|" step }        step  = name [ "(" [ option { ";" option } ] ")" ]
//   option = name "=" value           value = the command-line spelling of the option's type
#include "engine/data/chain.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "engine/base/text.h"

namespace lathe::data {
namespace {

constexpr size_t kMostSteps = 64;

base::Result<const StepSpec*> findStep(std::string_view name) {
    const auto all = steps();
    const auto it = std::find_if(all.begin(), all.end(), [&](const auto& s) { return s.name == name; });
    if (it != all.end()) return &*it;
    std::vector<std::string_view> names;
    for (const auto& s : all) names.push_back(s.name);
    return base::Error{
        fmt::format("There is no preprocessing step \"{}\". Known steps: {}.", name, fmt::join(names, ", ")),
        base::Error::Kind::usage};
}

base::Result<Step> parseStep(std::string_view text) {
    const auto usage = [&](std::string_view what) {
        return base::Error{
            fmt::format("Preprocessing step \"{}\": {} Write it as name(option=value; option=value).", text,
                        what),
            base::Error::Kind::usage};
    };
    text = base::trimmed(text);
    if (text.empty()) return usage("is empty.");
    const auto open = text.find('(');
    Step step;
    step.name = base::trimmed(text.substr(0, open));
    const auto spec = findStep(step.name);
    if (!spec) return spec.error();
    std::string_view options;
    if (open != std::string_view::npos) {
        if (text.back() != ')') return usage("the closing parenthesis is missing.");
        options = base::trimmed(text.substr(open + 1, text.size() - open - 2));
    }
    if (options.empty()) return step;
    for (const auto item : base::split(options, ';')) {
        const auto equals = item.find('=');
        if (equals == std::string_view::npos)
            return usage(fmt::format("\"{}\" has no value.", base::trimmed(item)));
        const auto name = base::trimmed(item.substr(0, equals));
        const auto& known = (*spec)->options;
        const auto option =
            std::find_if(known.begin(), known.end(), [&](const auto& o) { return o.name == name; });
        if (option == known.end()) {
            std::vector<std::string_view> names;
            for (const auto& o : known) names.push_back(o.name);
            return usage(
                fmt::format("there is no option {}; known options: {}.", name, fmt::join(names, ", ")));
        }
        if (step.options.has(name)) return usage(fmt::format("option {} is given twice.", name));
        std::string value;  // blanks between the numbers of a list do not matter
        for (const char c : item.substr(equals + 1))
            if (c != ' ' && c != '\t') value += c;
        auto parsed = base::parseParam(*option, value);
        if (!parsed) return parsed.error().inside(step.name);
        step.options.set(std::string(name), std::move(*parsed));
    }
    return step;
}

}  // namespace

base::Result<std::vector<Step>> parseChain(std::string_view text) {
    std::vector<Step> chain;
    if (base::trimmed(text).empty()) return chain;
    for (const auto piece : base::split(text, '|')) {
        auto step = parseStep(piece);
        if (!step) return step.error();
        chain.push_back(std::move(*step));
    }
    if (auto good = PreparedChain::prepare(chain); !good) return good.error();
    return chain;
}

std::string formatChain(std::span<const Step> chain) {
    std::vector<std::string> texts;
    for (const auto& step : chain) {
        std::vector<std::string> options;
        for (const auto& [name, value] : step.options.values())
            options.push_back(fmt::format("{}={}", name, base::formatParam(value)));
        texts.push_back(options.empty() ? step.name
                                        : fmt::format("{}({})", step.name, fmt::join(options, "; ")));
    }
    return fmt::format("{}", fmt::join(texts, " | "));
}

base::Result<PreparedChain> PreparedChain::prepare(std::span<const Step> chain) {
    if (chain.size() > kMostSteps)
        return base::Error{fmt::format("The preprocessing chain has {} steps; at most {} are allowed.",
                                       chain.size(), kMostSteps),
                           base::Error::Kind::usage};
    PreparedChain prepared;
    for (const auto& step : chain) {
        const auto spec = findStep(step.name);
        if (!spec) return spec.error();
        auto options = base::complete((*spec)->options, step.options);
        if (!options) return options.error().inside(step.name);
        prepared.m_items.push_back({*spec, std::move(*options)});
    }
    return prepared;
}

base::Result<tensor::Tensor> PreparedChain::apply(const tensor::Tensor& input) const {
    tensor::Tensor current = input.aligned();
    for (size_t i = 0; i < m_items.size(); ++i) {
        auto next = m_items[i].spec->apply(current, m_items[i].options);
        if (!next)
            return next.error().inside(
                fmt::format("preprocessing step {} ({})", i + 1, m_items[i].spec->name));
        current = std::move(*next);
    }
    return current;
}

base::Result<tensor::Tensor> applyChain(const tensor::Tensor& input, std::span<const Step> chain) {
    const auto prepared = PreparedChain::prepare(chain);
    if (!prepared) return prepared.error();
    return prepared->apply(input);
}

}  // namespace lathe::data
