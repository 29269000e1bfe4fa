// StringNormalizer: drops stop words and changes case. Case changes letters of ASCII; other characters stay.
// When nothing is left the output is one empty text.
#include <algorithm>
#include <array>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kText = typeBit(tensor::DataType::string);

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    if (x && x->size() != 1 && x->size() != 2)
        return context.error("input has {} dimensions, expected 1 or 2", x->size());
    if (x && x->size() == 2 && (*x)[0].constantOr(1) != 1)
        return context.error("input has {} rows, expected 1", (*x)[0].toString());
    std::optional<ir::SymbolicShape> shape;
    if (x) {
        const bool drops = !context.attributes().texts("stopwords").empty();
        shape = *x;
        if (drops || shape->back().constantOr(1) == 0) shape->back() = context.freshDim("count");
    }
    context.setOutput(0, tensor::DataType::string, std::move(shape));
    return {};
}

std::string changed(std::string text, bool upper) {
    for (auto& c : text) {
        if (upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (!upper && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    if (x.rank() != 1 && !(x.rank() == 2 && x.shape()[0] == 1))
        return context.error("input {} does not fit, expected [C] or [1, C]", tensor::toString(x.shape()));
    const auto& attributes = context.attributes();
    const bool sensitive = attributes.integer("is_case_sensitive", 0) != 0;
    const auto action = attributes.text("case_change_action", "NONE");
    auto stopWords = attributes.texts("stopwords");
    if (!sensitive)
        for (auto& word : stopWords) word = changed(word, false);
    std::vector<std::string> kept;
    for (const auto& text : x.values<std::string>()) {
        const auto compared = sensitive ? text : changed(text, false);
        if (std::find(stopWords.begin(), stopWords.end(), compared) != stopWords.end()) continue;
        kept.push_back(action == "NONE" ? text : changed(text, action == "UPPER"));
    }
    if (kept.empty()) kept.emplace_back();
    tensor::Shape shape = {static_cast<int64_t>(kept.size())};
    if (x.rank() == 2) shape = {1, static_cast<int64_t>(kept.size())};
    context.set(0, tensor::Tensor::of<std::string>(shape, kept));
    return {};
}

}  // namespace

Op stringNormalizerOp() {
    return {.name = "StringNormalizer",
            .sinceVersion = 10,
            .family = Family::control,
            .summary = "Drops stop words and changes case",
            .inputs = {{"X", kText}},
            .outputs = {{"Y", kText}},
            .attributes = {choiceAttribute("case_change_action", {"NONE", "LOWER", "UPPER"}, "NONE",
                                           "case of the output"),
                           flagAttribute("is_case_sensitive", 0, "1: stop words match with their case"),
                           textAttribute("locale", "", "language of case rules in other runtimes"),
                           textsAttribute("stopwords", "texts that are dropped")},
            .infer = infer,
            .cost = nullptr,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
