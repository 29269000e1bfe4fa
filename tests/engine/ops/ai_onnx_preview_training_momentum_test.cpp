#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

namespace {

OpCase step(std::string mode, int64_t count, double x, double v) {
    const auto given = [](double value) { return Tensor::of<double>({1}, {value}); };
    return {
        .name = mode,
        .op = "Momentum",
        .domain = "ai.onnx.preview.training",
        .attributes = {{"alpha", 0.5f}, {"beta", 0.25f}, {"mode", mode}, {"norm_coefficient", 2.0f}},
        .inputs = {Tensor::scalar<double>(0.5), Tensor::scalar<int64_t>(count), given(1), given(2), given(6)},
        .outputCount = 2,
        .expected = {given(x), given(v)}};
}

}  // namespace

std::vector<OpCase> aiOnnxPreviewTrainingMomentumCases() {
    // g = 2*1 + 2 = 4. First step: v = 0.5*6 + 4 = 7; x = 1 - 0.5*7.
    // Later: v = 3 + 0.25*4 = 4; x = 1 - 0.5*4, with Nesterov 1 - 0.5*(4 + 0.5*4).
    return {step("standard", 0, -2.5, 7), step("standard", 5, -1, 4), step("nesterov", 5, -2, 4)};
}

namespace {

TEST(Momentum, Cases) { checkCases(aiOnnxPreviewTrainingMomentumCases()); }

TEST(Momentum, RefusesWhatDoesNotFit) {
    expectRefused(step("fast", 0, 0, 0),
                  "Momentum \"fast\": attribute mode is \"fast\", expected one of nesterov, standard");
    auto opCase = step("standard", 0, 0, 0);
    opCase.attributes.remove("beta");
    expectRefused(opCase, "attribute beta is missing");
    opCase = step("standard", 0, 0, 0);
    opCase.inputs.resize(2);
    expectRefused(opCase, "has 0 inputs after R and T, expected 3 for every tensor");
}

}  // namespace
}  // namespace lathe::test
