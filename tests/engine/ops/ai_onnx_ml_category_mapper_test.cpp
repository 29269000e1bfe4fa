#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

namespace {

OpCase mapped(std::string name, ir::Attributes more, Tensor x, std::vector<Tensor> expected = {}) {
    ir::Attributes attributes = {{"cats_int64s", std::vector<int64_t>{4, 5}},
                                 {"cats_strings", std::vector<std::string>{"a", "b"}}};
    for (const auto& [key, value] : more) attributes.set(key, value);
    return {.name = std::move(name),
            .op = "CategoryMapper",
            .domain = "ai.onnx.ml",
            .attributes = std::move(attributes),
            .inputs = {std::move(x)},
            .expected = std::move(expected)};
}

}  // namespace

std::vector<OpCase> aiOnnxMlCategoryMapperCases() {
    return {
        mapped("texts", {}, Tensor::of<std::string>({1, 3}, {"b", "c", "a"}),
               {Tensor::of<int64_t>({1, 3}, {5, -1, 4})}),
        mapped("integers", {}, Tensor::of<int64_t>({2}, {4, 9}),
               {Tensor::of<std::string>({2}, {"a", "_Unused"})}),
        mapped("defaults", {{"default_string", std::string("?")}}, Tensor::of<int64_t>({1}, {9}),
               {Tensor::of<std::string>({1}, {"?"})}),
        mapped("last_of_equal", {{"cats_strings", std::vector<std::string>{"a", "a"}}},
               Tensor::of<std::string>({1}, {"a"}), {Tensor::of<int64_t>({1}, {5})}),
    };
}

namespace {

TEST(AiOnnxMlCategoryMapper, Cases) { checkCases(aiOnnxMlCategoryMapperCases()); }

TEST(AiOnnxMlCategoryMapper, RefusesListsOfOtherLengths) {
    EXPECT_THAT(inferenceError(
                    mapped("n", {{"cats_int64s", std::vector<int64_t>{4}}}, Tensor::of<int64_t>({1}, {4}))),
                testing::HasSubstr("cats_int64s has 1 items, cats_strings has 2; both must have the same"));
}

}  // namespace
}  // namespace lathe::test
