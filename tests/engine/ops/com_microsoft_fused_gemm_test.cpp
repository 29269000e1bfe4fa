#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftFusedGemmCases() {
    return {
        // 1*1 - 2*1 + 0.5 = -0.5 and 2 + 2 + 0.5 = 4.5.
        {.name = "relu",
         .op = "FusedGemm",
         .domain = "com.microsoft",
         .attributes = {{"activation", std::string("Relu")}},
         .inputs = {Tensor::of<float>({1, 2}, {1, 2}), Tensor::of<float>({2, 2}, {1, 2, -1, 1}),
                    Tensor::of<float>({1}, {0.5f})},
         .expected = {Tensor::of<float>({1, 2}, {0, 4.5f})}},
        {.name = "leaky",
         .op = "FusedGemm",
         .domain = "com.microsoft",
         .attributes = {{"activation", std::string("LeakyRelu")}, {"activation_alpha", 0.5f}},
         .inputs = {Tensor::of<float>({1, 2}, {1, 2}), Tensor::of<float>({2, 2}, {1, 2, -1, 1}),
                    Tensor::of<float>({1}, {0.5f})},
         .expected = {Tensor::of<float>({1, 2}, {-0.25f, 4.5f})}},
        // gamma times x above 0.
        {.name = "selu",
         .op = "FusedGemm",
         .domain = "com.microsoft",
         .attributes = {{"activation", std::string("Selu")}, {"activation_gamma", 3.0f}},
         .inputs = {Tensor::of<float>({1, 1}, {2}), Tensor::of<float>({1, 1}, {2})},
         .expected = {Tensor::of<float>({1, 1}, {12})}},
        {.name = "turned",
         .op = "FusedGemm",
         .domain = "com.microsoft",
         .attributes = {{"activation", std::string("HardSigmoid")},
                        {"activation_alpha", 0.2f},
                        {"activation_beta", 0.5f},
                        {"transA", int64_t{1}},
                        {"transB", int64_t{1}},
                        {"alpha", 2.0f}},
         .inputs = {ramp({3, 2}), ramp({4, 3}), ramp({2, 1})}},
    };
}

namespace {

TEST(ComMicrosoftFusedGemm, Cases) { checkCases(comMicrosoftFusedGemmCases()); }

TEST(ComMicrosoftFusedGemm, RefusesUnknownActivation) {
    const OpCase opCase{.name = "a",
                        .op = "FusedGemm",
                        .domain = "com.microsoft",
                        .attributes = {{"activation", std::string("Softmax")}},
                        .inputs = {ramp({1, 2}), ramp({2, 2})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("activation Softmax is not known"));
}

TEST(ComMicrosoftFusedGemm, RefusesInnerSizes) {
    const OpCase opCase{
        .name = "i", .op = "FusedGemm", .domain = "com.microsoft", .inputs = {ramp({1, 3}), ramp({2, 2})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("3 columns against 2 rows"));
}

}  // namespace
}  // namespace lathe::test
