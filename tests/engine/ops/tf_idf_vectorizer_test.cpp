#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> tfIdfVectorizerCases() {
    return {
        {.name = "single_tokens",
         .op = "TfIdfVectorizer",
         .attributes = {{"max_gram_length", int64_t{1}},
                        {"max_skip_count", int64_t{0}},
                        {"min_gram_length", int64_t{1}},
                        {"mode", std::string("TF")},
                        {"ngram_counts", std::vector<int64_t>{0}},
                        {"ngram_indexes", std::vector<int64_t>{0, 1}},
                        {"pool_int64s", std::vector<int64_t>{1, 2}}},
         .inputs = {Tensor::of<int32_t>({3}, {1, 2, 1})},
         .expected = {Tensor::of<float>({2}, {2, 1})}},
        {.name = "pairs_weighted",
         .op = "TfIdfVectorizer",
         .attributes = {{"max_gram_length", int64_t{2}},
                        {"max_skip_count", int64_t{0}},
                        {"min_gram_length", int64_t{1}},
                        {"mode", std::string("TFIDF")},
                        {"ngram_counts", std::vector<int64_t>{0, 2}},
                        {"ngram_indexes", std::vector<int64_t>{0, 1, 2}},
                        {"pool_int64s", std::vector<int64_t>{1, 2, 1, 2}},
                        {"weights", std::vector<float>{1.0f, 2.0f, 3.0f}}},
         .inputs = {Tensor::of<int64_t>({1, 3}, {1, 2, 1})},
         .expected = {Tensor::of<float>({1, 3}, {2, 2, 3})}},
        {.name = "texts",
         .op = "TfIdfVectorizer",
         .attributes = {{"max_gram_length", int64_t{1}},
                        {"max_skip_count", int64_t{0}},
                        {"min_gram_length", int64_t{1}},
                        {"mode", std::string("IDF")},
                        {"ngram_counts", std::vector<int64_t>{0}},
                        {"ngram_indexes", std::vector<int64_t>{1, 0}},
                        {"pool_strings", std::vector<std::string>{"b", "c"}},
                        {"weights", std::vector<float>{5.0f, 6.0f}}},
         .inputs = {Tensor::of<std::string>({2}, {"a", "b"})},
         .expected = {Tensor::of<float>({2}, {0, 5})}},
    };
}

namespace {

TEST(TfIdfVectorizer, Cases) { checkCases(tfIdfVectorizerCases()); }

TEST(TfIdfVectorizer, RefusesCubes) {
    const OpCase opCase{.name = "t",
                        .op = "TfIdfVectorizer",
                        .attributes = {{"max_gram_length", int64_t{1}},
                                       {"max_skip_count", int64_t{0}},
                                       {"min_gram_length", int64_t{1}},
                                       {"mode", std::string("TF")},
                                       {"ngram_counts", std::vector<int64_t>{0}},
                                       {"ngram_indexes", std::vector<int64_t>{0}},
                                       {"pool_int64s", std::vector<int64_t>{1}}},
                        .inputs = {Tensor::of<int32_t>({1, 1, 1}, {1})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("input has 3 dimensions, expected 1 or 2"));
}

}  // namespace
}  // namespace lathe::test
