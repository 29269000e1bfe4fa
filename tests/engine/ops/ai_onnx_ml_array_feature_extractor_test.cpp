#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

namespace {

OpCase extract(std::string name, Tensor x, Tensor y, std::vector<Tensor> expected = {}) {
    return {.name = std::move(name),
            .op = "ArrayFeatureExtractor",
            .domain = "ai.onnx.ml",
            .inputs = {std::move(x), std::move(y)},
            .expected = std::move(expected)};
}

}  // namespace

std::vector<OpCase> aiOnnxMlArrayFeatureExtractorCases() {
    return {
        extract("columns", Tensor::of<float>({2, 3}, {1, 2, 3, 4, 5, 6}), Tensor::of<int64_t>({2}, {2, 0}),
                {Tensor::of<float>({2, 2}, {3, 1, 6, 4})}),
        // A vector becomes one row.
        extract("vector", Tensor::of<std::string>({3}, {"a", "b", "c"}), Tensor::of<int64_t>({1, 2}, {2, 2}),
                {Tensor::of<std::string>({1, 2}, {"c", "c"})}),
        extract("cube", Tensor::of<int64_t>({1, 2, 2}, {3, 4, 5, 6}), Tensor::of<int64_t>({3}, {0, 1, 0}),
                {Tensor::of<int64_t>({1, 2, 3}, {3, 4, 3, 5, 6, 5})}),
        extract("scalar_index", Tensor::of<double>({2, 2}, {3, 4, 5, 6}), Tensor::scalar<int64_t>(1),
                {Tensor::of<double>({2, 1}, {4, 6})}),
        extract("nothing", Tensor::of<int32_t>({2, 1}, {3, 4}), Tensor::of<int64_t>({0}, {}),
                {Tensor::of<int32_t>({2, 0}, {})}),
    };
}

namespace {

TEST(AiOnnxMlArrayFeatureExtractor, Cases) { checkCases(aiOnnxMlArrayFeatureExtractorCases()); }

TEST(AiOnnxMlArrayFeatureExtractor, RefusesIndicesOutside) {
    const auto x = Tensor::of<float>({1, 2}, {1, 2});
    expectRefused(extract("n", x, Tensor::of<int64_t>({1}, {2})), "index 2 is outside [0, 2)");
    expectRefused(extract("n", x, Tensor::of<int64_t>({1}, {-1})), "index -1 is outside [0, 2)");
}

TEST(AiOnnxMlArrayFeatureExtractor, RefusesScalars) {
    EXPECT_THAT(inferenceError(extract("n", Tensor::scalar(1.0f), Tensor::of<int64_t>({1}, {0}))),
                testing::HasSubstr("X has no dimensions, expected at least 1"));
}

}  // namespace
}  // namespace lathe::test
