#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftQLinearAveragePoolCases() {
    return {
        {.name = "mean",
         .op = "QLinearAveragePool",
         .domain = "com.microsoft",
         .attributes = {{"kernel_shape", std::vector<int64_t>{2}}},
         .inputs = {Tensor::of<uint8_t>({1, 1, 2}, {2, 4}), Tensor::scalar<float>(0.5f),
                    Tensor::scalar<uint8_t>(0), Tensor::scalar<float>(0.5f), Tensor::scalar<uint8_t>(1)},
         .expected = {Tensor::of<uint8_t>({1, 1, 1}, {4})}},
        {.name = "pads_count",
         .op = "QLinearAveragePool",
         .domain = "com.microsoft",
         .attributes = {{"count_include_pad", int64_t{1}},
                        {"kernel_shape", std::vector<int64_t>{2}},
                        {"pads", std::vector<int64_t>{1, 1}}},
         .inputs = {Tensor::of<uint8_t>({1, 1, 2}, {2, 4}), Tensor::scalar<float>(1),
                    Tensor::scalar<uint8_t>(0), Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(0)},
         .expected = {Tensor::of<uint8_t>({1, 1, 3}, {1, 3, 2})}},
        // Two channels side by side: means of {2, 4} and {10, 30}.
        {.name = "channels_last",
         .op = "QLinearAveragePool",
         .domain = "com.microsoft",
         .attributes = {{"channels_last", int64_t{1}}, {"kernel_shape", std::vector<int64_t>{2}}},
         .inputs = {Tensor::of<uint8_t>({1, 2, 2}, {2, 10, 4, 30}), Tensor::scalar<float>(1),
                    Tensor::scalar<uint8_t>(0), Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(0)},
         .expected = {Tensor::of<uint8_t>({1, 1, 2}, {3, 20})}},
    };
}

namespace {

TEST(ComMicrosoftQLinearAveragePool, Cases) { checkCases(comMicrosoftQLinearAveragePoolCases()); }

TEST(ComMicrosoftQLinearAveragePool, RefusesKernelRank) {
    const OpCase opCase{
        .name = "p",
        .op = "QLinearAveragePool",
        .domain = "com.microsoft",
        .attributes = {{"channels_last", int64_t{1}}, {"kernel_shape", std::vector<int64_t>{2, 2}}},
        .inputs = {Tensor::of<uint8_t>({1, 1, 2}, {2, 4}), Tensor::scalar<float>(0.5f),
                   Tensor::scalar<uint8_t>(0), Tensor::scalar<float>(0.5f), Tensor::scalar<uint8_t>(1)}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("kernel_shape has 2 items, expected 1"));
}

}  // namespace
}  // namespace lathe::test
