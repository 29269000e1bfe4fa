#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

namespace {

OpCase match(std::string name, std::string pattern, Tensor texts) {
    return {.name = std::move(name),
            .op = "RegexFullMatch",
            .attributes = {{"pattern", std::move(pattern)}},
            .inputs = {std::move(texts)}};
}

}  // namespace

std::vector<OpCase> regexFullMatchCases() {
    auto whole = match("whole", "ab+", Tensor::of<std::string>({2, 2}, {"abb", "abbc", "xab", "a"}));
    whole.expected = {Tensor::of<bool>({2, 2}, {true, false, false, false})};
    // A dot is one character of UTF-8, not one byte.
    auto letters = match("letters", "(?i)x.", Tensor::of<std::string>({3}, {"X\xc3\xa9", "xab", ""}));
    letters.expected = {Tensor::of<bool>({3}, {true, false, false})};
    auto empty = match("empty", "", Tensor::of<std::string>({0}, {}));
    empty.expected = {Tensor::of<bool>({0}, {})};
    return {whole, letters, empty};
}

namespace {

TEST(RegexFullMatch, Cases) { checkCases(regexFullMatchCases()); }

TEST(RegexFullMatch, RefusesWhatIsNoExpression) {
    const auto text = Tensor::of<std::string>({1}, {"a"});
    expectRefused(match("r", "(", text),
                  "RegexFullMatch \"r\": the pattern is no regular expression that RE2 takes: missing ): (");
    // What only backtracking matchers can do.
    expectRefused(match("r", "(a)\\1", text), "no regular expression that RE2 takes");
    expectRefused(match("r", "((a{1000}){1000}){1000}", text), "no regular expression that RE2 takes");
    expectRefused(match("r", std::string(100000, 'a'), text),
                  "the pattern has 100000 bytes, expected at most");
    auto none = match("r", "", text);
    none.attributes = {};
    expectRefused(none, "attribute pattern is missing");
}

// Backtracking needs 2^50000 steps or a stack as deep as the text for these.
TEST(RegexFullMatch, TakesHostilePatternsInOneWalk) {
    const auto texts = Tensor::of<std::string>({2}, {std::string(50000, 'a'), std::string(50000, 'a') + "b"});
    for (const auto* pattern : {"(a+)+", "(a|a)*", "(a*)*"}) {
        auto opCase = match("hostile", pattern, texts);
        opCase.expected = {Tensor::of<bool>({2}, {true, false})};
        checkCase(opCase);
    }
}

}  // namespace
}  // namespace lathe::test
