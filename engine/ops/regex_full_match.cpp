// RegexFullMatch: y = whether the whole text matches a regular expression.
//
// The expressions are those of RE2, which matches in time linear in the text and in bounded memory whatever
// the pattern: the pattern comes from the model.
#include <re2/re2.h>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kText = typeBit(tensor::DataType::string);
constexpr int64_t kMatcherBytes = int64_t{8} << 20;
// The parser's work grows with the pattern before the bound on memory is looked at.
constexpr size_t kLongestPattern = size_t{1} << 16;

base::Status checkPattern(const auto& context, const re2::RE2& pattern) {
    if (pattern.ok()) return {};
    return context.error("the pattern is no regular expression that RE2 takes: {}", pattern.error());
}

base::Result<std::string> patternOf(const auto& context) {
    std::string pattern(context.attributes().text("pattern", ""));
    if (pattern.size() > kLongestPattern)
        return context.error("the pattern has {} bytes, expected at most {}", pattern.size(),
                             kLongestPattern);
    return pattern;
}

re2::RE2::Options options() {
    re2::RE2::Options result;
    result.set_log_errors(false);
    result.set_never_capture(true);
    result.set_max_mem(kMatcherBytes);
    return result;
}

base::Status infer(InferContext& context) {
    const auto text = patternOf(context);
    if (!text) return text.error();
    if (auto ok = checkPattern(context, re2::RE2(*text, options())); !ok) return ok;
    context.setOutput(0, tensor::DataType::boolean, context.type(0).shape);
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto text = patternOf(context);
    if (!text) return text.error();
    const re2::RE2 pattern(*text, options());
    if (auto ok = checkPattern(context, pattern); !ok) return ok;
    auto y = context.allocate(tensor::DataType::boolean, x.shape());
    if (!y) return y.error();
    auto out = y->mutableValues<bool>().begin();
    for (const auto& item : x.values<std::string>()) {
        if (auto ok = context.progress().check(); !ok) return ok;
        *out++ = re2::RE2::FullMatch(item, pattern);
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
