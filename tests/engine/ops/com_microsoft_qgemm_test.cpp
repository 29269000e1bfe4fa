#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftQGemmCases() {
    return {
        {.name = "real_result",
         .op = "QGemm",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<uint8_t>({1, 2}, {2, 3}), Tensor::scalar<float>(0.5f),
                    Tensor::scalar<uint8_t>(1), Tensor::of<int8_t>({2, 2}, {1, 2, 3, 4}),
                    Tensor::scalar<float>(2), Tensor::scalar<int8_t>(0)},
         .expected = {Tensor::of<float>({1, 2}, {7, 10})}},
        {.name = "quantized_with_bias",
         .op = "QGemm",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<uint8_t>({1, 2}, {2, 3}), Tensor::scalar<float>(0.5f),
                    Tensor::scalar<uint8_t>(1), Tensor::of<int8_t>({2, 2}, {1, 2, 3, 4}),
                    Tensor::scalar<float>(2), Tensor::scalar<int8_t>(0), Tensor::of<int32_t>({2}, {1, 2}),
                    Tensor::scalar<float>(2), Tensor::scalar<uint8_t>(3)},
         .expected = {Tensor::of<uint8_t>({1, 2}, {7, 9})}},
        {.name = "transposed_right",
         .op = "QGemm",
         .domain = "com.microsoft",
         .attributes = {{"alpha", 2.0f}, {"transB", int64_t{1}}},
         .inputs = {Tensor::of<uint8_t>({1, 2}, {2, 3}), Tensor::scalar<float>(0.5f),
                    Tensor::scalar<uint8_t>(1), Tensor::of<int8_t>({2, 2}, {1, 2, 3, 4}),
                    Tensor::scalar<float>(2), Tensor::scalar<int8_t>(0)},
         .expected = {Tensor::of<float>({1, 2}, {10, 22})}},
    };
}

namespace {

TEST(ComMicrosoftQGemm, Cases) { checkCases(comMicrosoftQGemmCases()); }

TEST(ComMicrosoftQGemm, RefusesOtherInner) {
    const OpCase opCase{.name = "q",
                        .op = "QGemm",
                        .domain = "com.microsoft",
                        .inputs = {Tensor::of<uint8_t>({1, 3}, {2, 3, 4}), Tensor::scalar<float>(0.5f),
                                   Tensor::scalar<uint8_t>(1), Tensor::of<int8_t>({2, 2}, {1, 2, 3, 4}),
                                   Tensor::scalar<float>(2), Tensor::scalar<int8_t>(0)}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("cannot multiply: 3 columns against 2 rows"));
}

}  // namespace
}  // namespace lathe::test
