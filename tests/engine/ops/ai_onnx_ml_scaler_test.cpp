#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

namespace {

OpCase scale(std::string name, ir::Attributes attributes, Tensor x, std::vector<Tensor> expected = {}) {
    return {.name = std::move(name),
            .op = "Scaler",
            .domain = "ai.onnx.ml",
            .attributes = std::move(attributes),
            .inputs = {std::move(x)},
            .expected = std::move(expected)};
}

}  // namespace

std::vector<OpCase> aiOnnxMlScalerCases() {
    return {
        // (3 - 1)/2, (4 - 2)*2, (5 - 1)/2, (6 - 2)*2
        scale("features", {{"offset", std::vector<float>{1, 2}}, {"scale", std::vector<float>{0.5f, 2}}},
              Tensor::of<int64_t>({2, 2}, {3, 4, 5, 6}), {Tensor::of<float>({2, 2}, {1, 4, 2, 8})}),
        // (3 - 1)/2, ...
        scale("one_for_all", {{"offset", std::vector<float>{1}}, {"scale", std::vector<float>{0.5f}}},
              Tensor::of<double>({2, 2}, {3, 4, 5, 6}), {Tensor::of<float>({2, 2}, {1, 1.5f, 2, 2.5f})}),
        scale("offset_alone", {{"offset", std::vector<float>{1}}}, Tensor::of<float>({1}, {3}),
              {Tensor::of<float>({1}, {2})}),
        scale("empty", {{"offset", std::vector<float>{1}}, {"scale", std::vector<float>{2}}},
              Tensor::of<float>({0, 2}, {}), {Tensor::of<float>({0, 2}, {})}),
    };
}

namespace {

TEST(AiOnnxMlScaler, Cases) { checkCases(aiOnnxMlScalerCases()); }

TEST(AiOnnxMlScaler, RefusesListsThatDoNotFit) {
    const auto x = Tensor::of<float>({1, 3}, {1, 2, 3});
    EXPECT_THAT(inferenceError(scale(
                    "n", {{"offset", std::vector<float>{1}}, {"scale", std::vector<float>{1, 2, 3}}}, x)),
                testing::HasSubstr("offset has 1 items, scale has 3; both must have the same"));
    EXPECT_THAT(inferenceError(scale("n", {{"scale", std::vector<float>{1, 2}}}, x)),
                testing::HasSubstr("scale has 2 items, expected 1 or one for each of the 3 features"));
}

}  // namespace
}  // namespace lathe::test
