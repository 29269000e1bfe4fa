#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

namespace {

OpCase join(std::string name, std::vector<int64_t> widths, std::vector<std::optional<Tensor>> inputs,
            std::vector<Tensor> expected = {}) {
    ir::Attributes attributes;
    if (!widths.empty()) attributes.set("inputdimensions", std::move(widths));
    return {.name = std::move(name),
            .op = "FeatureVectorizer",
            .domain = "ai.onnx.ml",
            .attributes = std::move(attributes),
            .inputs = std::move(inputs),
            .expected = std::move(expected)};
}

}  // namespace

std::vector<OpCase> aiOnnxMlFeatureVectorizerCases() {
    const auto a = Tensor::of<float>({2, 2}, {1, 2, 3, 4}), b = Tensor::of<float>({2, 1}, {5, 6});
    return {
        join("two", {2, 1}, {a, b}, {Tensor::of<float>({2, 3}, {1, 2, 5, 3, 4, 6})}),
        // The first is cut to one feature, the second filled to two.
        join("cut_and_filled", {1, 2}, {a, b}, {Tensor::of<float>({2, 3}, {1, 5, 0, 3, 6, 0})}),
        join("vectors", {2, 1}, {Tensor::of<int64_t>({2}, {1, 2}), Tensor::of<int64_t>({1}, {5})},
             {Tensor::of<float>({1, 3}, {1, 2, 5})}),
        join("own_widths", {}, {Tensor::of<double>({2, 1, 2}, {1, 2, 3, 4})},
             {Tensor::of<float>({2, 2}, {1, 2, 3, 4})}),
    };
}

namespace {

TEST(AiOnnxMlFeatureVectorizer, Cases) { checkCases(aiOnnxMlFeatureVectorizerCases()); }

TEST(AiOnnxMlFeatureVectorizer, RefusesWhatDoesNotFit) {
    EXPECT_THAT(inferenceError(join("n", {2}, {ramp({2, 2}), ramp({2, 2})})),
                testing::HasSubstr("inputdimensions has 1 items, expected 2"));
    EXPECT_THAT(inferenceError(join("n", {2, 2}, {ramp({2, 2}), ramp({3, 2})})),
                testing::HasSubstr("input 1 has 3 rows, expected 2"));
    EXPECT_THAT(inferenceError(join("n", {-2}, {ramp({2, 2})})),
                testing::HasSubstr("inputdimensions holds -2"));
    EXPECT_THAT(inferenceError(join("n", {}, {})), testing::HasSubstr("has no inputs, expected at least 1"));
    expectRefused(join("n", {int64_t{1} << 50}, {ramp({2, 2})}), "is too large");
}

}  // namespace
}  // namespace lathe::test
