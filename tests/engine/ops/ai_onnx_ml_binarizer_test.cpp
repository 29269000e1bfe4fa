#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> aiOnnxMlBinarizerCases() {
    return {
        // 1 itself is not above 1.
        {.name = "reals",
         .op = "Binarizer",
         .domain = "ai.onnx.ml",
         .attributes = {{"threshold", 1.0f}},
         .inputs = {Tensor::of<float>({2, 2}, {0.5f, 1.0f, 1.5f, NAN})},
         .expected = {Tensor::of<float>({2, 2}, {0, 0, 1, 0})}},
        {.name = "integers",
         .op = "Binarizer",
         .domain = "ai.onnx.ml",
         .inputs = {Tensor::of<int64_t>({3}, {-1, 0, 1})},
         .expected = {Tensor::of<int64_t>({3}, {0, 0, 1})}},
    };
}

namespace {

TEST(AiOnnxMlBinarizer, Cases) { checkCases(aiOnnxMlBinarizerCases()); }

TEST(AiOnnxMlBinarizer, RefusesTexts) {
    const OpCase opCase{.name = "n",
                        .op = "Binarizer",
                        .domain = "ai.onnx.ml",
                        .inputs = {Tensor::of<std::string>({1}, {"a"})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("input 0 (X) has type string"));
}

}  // namespace
}  // namespace lathe::test
