#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftQLinearGlobalAveragePoolCases() {
    return {
        {.name = "mean",
         .op = "QLinearGlobalAveragePool",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<uint8_t>({1, 2, 2}, {2, 4, 6, 8}), Tensor::scalar<float>(0.5f),
                    Tensor::scalar<uint8_t>(0), Tensor::scalar<float>(0.5f), Tensor::scalar<uint8_t>(1)},
         .expected = {Tensor::of<uint8_t>({1, 2, 1}, {4, 8})}},
        {.name = "channels_last",
         .op = "QLinearGlobalAveragePool",
         .domain = "com.microsoft",
         .attributes = {{"channels_last", int64_t{1}}},
         .inputs = {Tensor::of<uint8_t>({1, 2, 2}, {2, 4, 6, 8}), Tensor::scalar<float>(1),
                    Tensor::scalar<uint8_t>(0), Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(0)},
         .expected = {Tensor::of<uint8_t>({1, 1, 2}, {4, 6})}},
    };
}

namespace {

TEST(ComMicrosoftQLinearGlobalAveragePool, Cases) { checkCases(comMicrosoftQLinearGlobalAveragePoolCases()); }

TEST(ComMicrosoftQLinearGlobalAveragePool, RefusesMatrices) {
    const OpCase opCase{
        .name = "p",
        .op = "QLinearGlobalAveragePool",
        .domain = "com.microsoft",
        .inputs = {Tensor::of<uint8_t>({1, 2}, {2, 4}), Tensor::scalar<float>(0.5f),
                   Tensor::scalar<uint8_t>(0), Tensor::scalar<float>(0.5f), Tensor::scalar<uint8_t>(1)}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("input has 2 dimensions, expected at least 3"));
}

}  // namespace
}  // namespace lathe::test
