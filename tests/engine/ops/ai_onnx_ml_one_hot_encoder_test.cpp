#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

namespace {

using Integers = std::vector<int64_t>;
using Texts = std::vector<std::string>;

OpCase encode(std::string name, ir::Attributes attributes, Tensor x, std::vector<Tensor> expected = {}) {
    return {.name = std::move(name),
            .op = "OneHotEncoder",
            .domain = "ai.onnx.ml",
            .attributes = std::move(attributes),
            .inputs = {std::move(x)},
            .expected = std::move(expected)};
}

}  // namespace

std::vector<OpCase> aiOnnxMlOneHotEncoderCases() {
    return {
        encode("integers", {{"cats_int64s", Integers{4, 2}}}, Tensor::of<int64_t>({3}, {2, 4, 9}),
               {Tensor::of<float>({3, 2}, {0, 1, 1, 0, 0, 0})}),
        // Cut towards 0: 1.9 is 1 and -0.5 is 0; NaN and 1e30 are no integers.
        encode("reals", {{"cats_int64s", Integers{0, 1}}},
               Tensor::of<float>({2, 2}, {1.9f, -0.5f, NAN, 1e30f}),
               {Tensor::of<float>({2, 2, 2}, {0, 1, 1, 0, 0, 0, 0, 0})}),
        encode("texts", {{"cats_strings", Texts{"a", "b"}}}, Tensor::of<std::string>({1, 2}, {"b", "c"}),
               {Tensor::of<float>({1, 2, 2}, {0, 1, 0, 0})}),
        encode("last_of_equal", {{"cats_int64s", Integers{1, 1}}, {"zeros", int64_t{0}}},
               Tensor::of<int32_t>({1}, {1}), {Tensor::of<float>({1, 2}, {0, 1})}),
    };
}

namespace {

TEST(AiOnnxMlOneHotEncoder, Cases) { checkCases(aiOnnxMlOneHotEncoderCases()); }

TEST(AiOnnxMlOneHotEncoder, RefusesUnknownCategories) {
    expectRefused(
        encode("n", {{"cats_int64s", Integers{1}}, {"zeros", int64_t{0}}}, Tensor::of<int64_t>({2}, {1, 3})),
        "element 1 is no category, and zeros is 0");
}

TEST(AiOnnxMlOneHotEncoder, RefusesCategoriesOfAnotherType) {
    EXPECT_THAT(inferenceError(encode("n", {{"cats_strings", Texts{"a"}}}, ramp({2}))),
                testing::HasSubstr("the input holds float32, the categories are texts"));
    EXPECT_THAT(
        inferenceError(encode("n", {{"cats_int64s", Integers{1}}}, Tensor::of<std::string>({1}, {"a"}))),
        testing::HasSubstr("the input holds string, the categories are integers"));
    EXPECT_THAT(inferenceError(encode("n", {}, ramp({2}))), testing::HasSubstr("found none"));
}

}  // namespace
}  // namespace lathe::test
