#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> aiOnnxPreviewTrainingAdagradCases() {
    return {
        // h = 0 + 3^2, x = 1 - 0.5 * 3 / sqrt(9)
        {.name = "one_step",
         .op = "Adagrad",
         .domain = "ai.onnx.preview.training",
         .inputs = {Tensor::scalar<double>(0.5), Tensor::scalar<int64_t>(0), Tensor::of<double>({1}, {1}),
                    Tensor::of<double>({1}, {3}), Tensor::of<double>({1}, {0})},
         .outputCount = 2,
         .expected = {Tensor::of<double>({1}, {0.5}), Tensor::of<double>({1}, {9})}},
        // Two tensors; r = 4 / (1 + 3*1) = 1; g = 2*x + gradient: 2*1 + 1 = 3 and 2*2 + 0 = 4;
        // h = 7 + 9 = 16 and 0 + 16; x = 1 - 3/(4 + 2) and 2 - 4/(4 + 2).
        {.name = "two_tensors",
         .op = "Adagrad",
         .domain = "ai.onnx.preview.training",
         .attributes = {{"decay_factor", 1.0f}, {"epsilon", 2.0f}, {"norm_coefficient", 2.0f}},
         .inputs = {Tensor::scalar<float>(4), Tensor::scalar<int64_t>(3), Tensor::of<float>({1}, {1}),
                    Tensor::of<double>({1, 1}, {2}), Tensor::of<float>({1}, {1}),
                    Tensor::of<double>({1, 1}, {0}), Tensor::of<float>({1}, {7}),
                    Tensor::of<double>({1, 1}, {0})},
         .outputCount = 4,
         .expected = {Tensor::of<float>({1}, {0.5f}), Tensor::of<double>({1, 1}, {4.0 / 3}),
                      Tensor::of<float>({1}, {16}), Tensor::of<double>({1, 1}, {16})},
         .tolerance = 1e-15},
    };
}

namespace {

TEST(Adagrad, Cases) { checkCases(aiOnnxPreviewTrainingAdagradCases()); }

TEST(Adagrad, RefusesWhatDoesNotFit) {
    auto opCase = aiOnnxPreviewTrainingAdagradCases().front();
    opCase.inputs.pop_back();
    expectRefused(opCase, "has 2 inputs after R and T, expected 3 for every tensor");
    opCase.inputs.emplace_back(Tensor::of<float>({1}, {0}));
    expectRefused(opCase, "tensor 0 has type float64, what belongs to it has float32");
    opCase.inputs.back() = Tensor::of<double>({2}, {0, 0});
    expectRefused(opCase, "sizes of tensor and gradient 1 and 2 differ");
    opCase = aiOnnxPreviewTrainingAdagradCases().front();
    opCase.outputCount = 3;
    expectRefused(opCase, "has 3 outputs, expected 2");
    opCase.outputCount = 2;
    opCase.inputs[0] = Tensor::of<double>({2}, {1, 2});
    expectRefused(opCase, "R has 2 items, expected 1");
}

}  // namespace
}  // namespace lathe::test
