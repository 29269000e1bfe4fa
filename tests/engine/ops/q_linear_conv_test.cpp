#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> qLinearConvCases() {
    return {
        {.name = "scales_cancel",
         .op = "QLinearConv",
         .inputs = {Tensor::of<uint8_t>({1, 1, 2}, {3, 5}), Tensor::scalar<float>(0.5f),
                    Tensor::scalar<uint8_t>(1), Tensor::of<int8_t>({1, 1, 1}, {2}),
                    Tensor::scalar<float>(0.25f), Tensor::scalar<int8_t>(0), Tensor::scalar<float>(0.125f),
                    Tensor::scalar<uint8_t>(10)},
         .expected = {Tensor::of<uint8_t>({1, 1, 2}, {14, 18})}},
        {.name = "bias_in_steps_of_the_product",
         .op = "QLinearConv",
         .inputs = {Tensor::of<uint8_t>({1, 1, 2}, {3, 5}), Tensor::scalar<float>(0.5f),
                    Tensor::scalar<uint8_t>(1), Tensor::of<int8_t>({1, 1, 1}, {2}),
                    Tensor::scalar<float>(0.25f), Tensor::scalar<int8_t>(0), Tensor::scalar<float>(0.125f),
                    Tensor::scalar<uint8_t>(10), Tensor::of<int32_t>({1}, {3})},
         .expected = {Tensor::of<uint8_t>({1, 1, 2}, {17, 21})}},
        {.name = "weight_scale_a_channel",
         .op = "QLinearConv",
         .inputs = {Tensor::of<uint8_t>({1, 1, 1}, {4}), Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(0),
                    Tensor::of<int8_t>({2, 1, 1}, {1, 1}), Tensor::of<float>({2}, {1, 0.5f}),
                    Tensor::of<int8_t>({2}, {0, 0}), Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(0)},
         .expected = {Tensor::of<uint8_t>({1, 2, 1}, {4, 2})}},
        {.name = "saturates",
         .op = "QLinearConv",
         .inputs = {Tensor::of<uint8_t>({1, 1, 1}, {200}), Tensor::scalar<float>(1),
                    Tensor::scalar<uint8_t>(0), Tensor::of<int8_t>({1, 1, 1}, {2}), Tensor::scalar<float>(1),
                    Tensor::scalar<int8_t>(0), Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(0)},
         .expected = {Tensor::of<uint8_t>({1, 1, 1}, {255})}},
    };
}

namespace {

TEST(QLinearConv, Cases) { checkCases(qLinearConvCases()); }

TEST(QLinearConv, RefusesInputScaleVector) {
    const OpCase opCase{.name = "q",
                        .op = "QLinearConv",
                        .inputs = {Tensor::of<uint8_t>({1, 1, 2}, {3, 5}), Tensor::of<float>({2}, {0.5f, 1}),
                                   Tensor::scalar<uint8_t>(1), Tensor::of<int8_t>({1, 1, 1}, {2}),
                                   Tensor::scalar<float>(0.25f), Tensor::scalar<int8_t>(0),
                                   Tensor::scalar<float>(0.125f), Tensor::scalar<uint8_t>(10)}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("scale has 2 items, expected 1"));
}

}  // namespace
}  // namespace lathe::test
