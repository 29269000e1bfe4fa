// RegexFullMatch: y = whether the whole text matches a regular expression.
//
// The expressions are those of RE2, which matches in time linear in the text and in bounded memory whatever
// the pattern: the pattern comes from the model.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_regex.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kText = typeBit(tensor::DataType::string);
// The parser's work grows with the pattern before the bound on memory is looked at.
constexpr size_t kLongestPattern = size_t{1} << 16;

base::Result<std::unique_ptr<Regex>> regexOf(const auto& context) {
    const std::string pattern(context.attributes().text("pattern", ""));
    if (pattern.size() > kLongestPattern)
        return context.error("the pattern has {} bytes, expected at most {}", pattern.size(),
                             kLongestPattern);
    auto regex = Regex::compile(pattern);
    if (!regex) return context.error("{}", regex.error().message);
    return regex;
}

base::Status infer(InferContext& context) {
    const auto regex = regexOf(context);
    if (!regex) return regex.error();
    context.setOutput(0, tensor::DataType::boolean, context.type(0).shape);
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto regex = regexOf(context);
    if (!regex) return regex.error();
    auto y = context.allocate(tensor::DataType::boolean, x.shape());
    if (!y) return y.error();
    auto out = y->mutableValues<bool>().begin();
    for (const auto& item : x.values<std::string>()) {
        if (auto ok = context.progress().check(); !ok) return ok;
        *out++ = (*regex)->matches(item);
    }
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op regexFullMatchOp() {
    return {.name = "RegexFullMatch",
            .sinceVersion = 20,
            .family = Family::control,
            .summary = "y = whether the whole text matches a regular expression",
            .inputs = {{"X", kText}},
            .outputs = {{"Y", kBool}},
            .attributes = {{.name = "pattern",
                            .type = base::ParamType::text,
                            .defaultValue = std::string(),
                            .help = "regular expression in the syntax of RE2",
                            .required = true}},
            .infer = infer,
            .cost = nullptr,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
