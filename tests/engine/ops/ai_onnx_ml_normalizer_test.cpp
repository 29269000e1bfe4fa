#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

namespace {

OpCase normalize(std::string name, std::string norm, Tensor x, std::vector<Tensor> expected = {}) {
    return {.name = std::move(name),
            .op = "Normalizer",
            .domain = "ai.onnx.ml",
            .attributes = {{"norm", std::move(norm)}},
            .inputs = {std::move(x)},
            .expected = std::move(expected),
            .tolerance = 1e-7};
}

}  // namespace

std::vector<OpCase> aiOnnxMlNormalizerCases() {
    const auto x = Tensor::of<float>({3, 2}, {-3, 2, 0, 0, -1, -4});
    return {
        // By 2; by 0, which changes nothing; by -1: the greatest element, not the greatest magnitude.
        normalize("greatest", "MAX", x, {Tensor::of<float>({3, 2}, {-1.5f, 1, 0, 0, 1, 4})}),
        // By 5 and 5.
        normalize("magnitudes", "L1", x, {Tensor::of<float>({3, 2}, {-0.6f, 0.4f, 0, 0, -0.2f, -0.8f})}),
        // 3/5, 4/5 in one row.
        normalize("length", "L2", Tensor::of<int32_t>({2}, {3, 4}), {Tensor::of<float>({2}, {0.6f, 0.8f})}),
        normalize("no_features", "MAX", Tensor::of<double>({2, 0}, {}), {Tensor::of<float>({2, 0}, {})}),
    };
}

namespace {

TEST(AiOnnxMlNormalizer, Cases) { checkCases(aiOnnxMlNormalizerCases()); }

TEST(AiOnnxMlNormalizer, RefusesOtherRanksAndNorms) {
    EXPECT_THAT(inferenceError(normalize("n", "L2", ramp({1, 2, 3}))),
                testing::HasSubstr("the input has 3 dimensions, expected 1 or 2"));
    EXPECT_THAT(inferenceError(normalize("n", "L3", ramp({2}))),
                testing::HasSubstr("attribute norm is \"L3\", expected one of MAX, L1, L2"));
}

}  // namespace
}  // namespace lathe::test
