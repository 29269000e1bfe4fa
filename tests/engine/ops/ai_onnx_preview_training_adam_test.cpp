#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> aiOnnxPreviewTrainingAdamCases() {
    const auto given = [](double value) { return std::optional(Tensor::of<double>({1}, {value})); };
    return {
        // v = 0.5*2 + 0.5*4 = 3, h = 0.75*0 + 0.25*16 = 4, x = 1 - 0.5*3/(2 + 1); T = 0 keeps the rate.
        {.name = "first_step",
         .op = "Adam",
         .domain = "ai.onnx.preview.training",
         .attributes = {{"alpha", 0.5f}, {"beta", 0.75f}, {"epsilon", 1.0f}},
         .inputs = {Tensor::scalar<double>(0.5), Tensor::scalar<int64_t>(0), given(1), given(4), given(2),
                    given(0)},
         .outputCount = 3,
         .expected = {*given(0.5), *given(3), *given(4)}},
        // The same with T = 1 and 1 taken away in the gradient by x: g = 4 - 0 = 4 as norm is 0;
        // r = 0.5*sqrt(1 - 0.75)/(1 - 0.5) = 0.5; half of x is taken away at the end.
        {.name = "later_step",
         .op = "Adam",
         .domain = "ai.onnx.preview.training",
         .attributes = {{"alpha", 0.5f}, {"beta", 0.75f}, {"epsilon", 1.0f}, {"norm_coefficient_post", 0.5f}},
         .inputs = {Tensor::scalar<double>(0.5), Tensor::scalar<int64_t>(1), given(1), given(4), given(2),
                    given(0)},
         .outputCount = 3,
         .expected = {*given(0.25), *given(3), *given(4)}},
    };
}

namespace {

TEST(Adam, Cases) { checkCases(aiOnnxPreviewTrainingAdamCases()); }

TEST(Adam, RefusesAWrongCountOfInputs) {
    auto opCase = aiOnnxPreviewTrainingAdamCases().front();
    opCase.inputs.pop_back();
    expectRefused(opCase, "Adam \"first_step\": has 3 inputs after R and T, expected 4 for every tensor");
}

}  // namespace
}  // namespace lathe::test
