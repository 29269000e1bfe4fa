#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> stringNormalizerCases() {
    return {
        {.name = "drops_and_raises",
         .op = "StringNormalizer",
         .attributes = {{"case_change_action", std::string("UPPER")},
                        {"stopwords", std::vector<std::string>{"b"}}},
         .inputs = {Tensor::of<std::string>({2}, {"a", "B"})},
         .expected = {Tensor::of<std::string>({1}, {"A"})}},
        {.name = "nothing_left",
         .op = "StringNormalizer",
         .attributes = {{"is_case_sensitive", int64_t{1}}, {"stopwords", std::vector<std::string>{"a"}}},
         .inputs = {Tensor::of<std::string>({1, 1}, {"a"})},
         .expected = {Tensor::of<std::string>({1, 1}, {""})}},
        {.name = "keeps_case",
         .op = "StringNormalizer",
         .attributes = {{"is_case_sensitive", int64_t{1}}, {"stopwords", std::vector<std::string>{"A"}}},
         .inputs = {Tensor::of<std::string>({2}, {"Ab", "a"})},
         .expected = {Tensor::of<std::string>({2}, {"Ab", "a"})}},
    };
}

namespace {

TEST(StringNormalizer, Cases) { checkCases(stringNormalizerCases()); }

TEST(StringNormalizer, RefusesSeveralRows) {
    const OpCase opCase{
        .name = "n", .op = "StringNormalizer", .inputs = {Tensor::of<std::string>({2, 1}, {"a", "b"})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("input has 2 rows, expected 1"));
}

}  // namespace
}  // namespace lathe::test
