#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

namespace {

OpCase encode(std::string name, ir::Attributes attributes, Tensor x, std::vector<Tensor> expected = {}) {
    return {.name = std::move(name),
            .op = "LabelEncoder",
            .domain = "ai.onnx.ml",
            .attributes = std::move(attributes),
            .inputs = {std::move(x)},
            .expected = std::move(expected)};
}

const ir::Attribute kAmySally = std::vector<std::string>{"Amy", "Sally"};
const ir::Attribute kFiveSix = std::vector<int64_t>{5, 6};

}  // namespace

std::vector<OpCase> aiOnnxMlLabelEncoderCases() {
    const auto people = Tensor::of<std::string>({2, 2}, {"Dori", "Amy", "Sally", "Amy"});
    return {
        encode("texts_to_integers", {{"keys_strings", kAmySally}, {"values_int64s", kFiveSix}}, people,
               {Tensor::of<int64_t>({2, 2}, {-1, 5, 6, 5})}),
        encode("default",
               {{"keys_strings", kAmySally}, {"values_int64s", kFiveSix}, {"default_int64", int64_t{42}}},
               people, {Tensor::of<int64_t>({2, 2}, {42, 5, 6, 5})}),
        encode("integers_to_texts", {{"keys_int64s", kFiveSix}, {"values_strings", kAmySally}},
               Tensor::of<int64_t>({2}, {6, 7}), {Tensor::of<std::string>({2}, {"Sally", "_Unused"})}),
        // NaN is a key like any other, 0 and -0 are the same, and the last of equal keys counts.
        encode("reals",
               {{"keys_floats", std::vector<float>{NAN, 0, 1, 1}},
                {"values_floats", std::vector<float>{10, 20, 30, 40}},
                {"default_float", 0.5f}},
               Tensor::of<float>({5}, {NAN, -0.0f, 1, 2, -NAN}),
               {Tensor::of<float>({5}, {10, 20, 40, 0.5f, 10})}),
        encode("tensors",
               {{"keys_tensor", Tensor::of<int32_t>({2}, {1, 2})},
                {"values_tensor", Tensor::of<double>({2}, {0.25, 0.75})},
                {"default_tensor", Tensor::of<double>({1}, {-7})}},
               Tensor::of<int32_t>({3}, {2, 1, 0}), {Tensor::of<double>({3}, {0.75, 0.25, -7})}),
        encode("short",
               {{"keys_tensor", Tensor::of<double>({1}, {0.5})},
                {"values_tensor", Tensor::of<int16_t>({1}, {3})}},
               Tensor::of<double>({2}, {0.5, NAN}), {Tensor::of<int16_t>({2}, {3, -1})}),
        encode("scalar", {{"keys_strings", kAmySally}, {"values_strings", kAmySally}},
               Tensor::scalar<std::string>("Amy"), {Tensor::scalar<std::string>("Amy")}),
    };
}

namespace {

TEST(AiOnnxMlLabelEncoder, Cases) { checkCases(aiOnnxMlLabelEncoderCases()); }

TEST(AiOnnxMlLabelEncoder, RefusesListsThatDoNotFit) {
    const auto x = Tensor::of<std::string>({1}, {"a"});
    EXPECT_THAT(inferenceError(encode("n", {{"values_int64s", kFiveSix}}, x)),
                testing::HasSubstr("exactly one of the attributes keys_* must be given, found 0"));
    EXPECT_THAT(
        inferenceError(encode(
            "n", {{"keys_strings", kAmySally}, {"values_int64s", kFiveSix}, {"values_strings", kAmySally}},
            x)),
        testing::HasSubstr("exactly one of the attributes values_* must be given, found 2"));
    EXPECT_THAT(inferenceError(encode(
                    "n", {{"keys_strings", kAmySally}, {"values_int64s", std::vector<int64_t>{1}}}, x)),
                testing::HasSubstr("has 2 keys and 1 values; both must be as many"));
    EXPECT_THAT(inferenceError(encode("n", {{"keys_int64s", kFiveSix}, {"values_int64s", kFiveSix}}, x)),
                testing::HasSubstr("the input holds string, but the keys are int64"));
    EXPECT_THAT(inferenceError(encode("n",
                                      {{"keys_strings", kAmySally},
                                       {"values_int64s", kFiveSix},
                                       {"default_tensor", Tensor::of<float>({1}, {1})}},
                                      x)),
                testing::HasSubstr("default_tensor is float32 [1], expected one int64"));
    EXPECT_THAT(inferenceError(encode(
                    "n", {{"keys_tensor", Tensor::of<float>({1, 1}, {1})}, {"values_int64s", kFiveSix}}, x)),
                testing::HasSubstr("keys_tensor is float32 [1, 1], expected a list of texts or numbers"));
}

}  // namespace
}  // namespace lathe::test
