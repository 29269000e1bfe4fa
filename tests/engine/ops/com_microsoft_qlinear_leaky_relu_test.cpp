#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftQLinearLeakyReluCases() {
    return {
        {.name = "slope",
         .op = "QLinearLeakyRelu",
         .domain = "com.microsoft",
         .attributes = {{"alpha", 0.5f}},
         .inputs = {Tensor::of<int8_t>({2}, {-2, 3}), Tensor::scalar<float>(1), Tensor::scalar<int8_t>(0),
                    Tensor::scalar<float>(0.5f), Tensor::scalar<int8_t>(0)},
         .expected = {Tensor::of<int8_t>({2}, {-2, 6})}},
        {.name = "default_slope",
         .op = "QLinearLeakyRelu",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<int8_t>({1}, {-100}), Tensor::scalar<float>(1), Tensor::scalar<int8_t>(0),
                    Tensor::scalar<float>(0.5f), Tensor::scalar<int8_t>(0)},
         .expected = {Tensor::of<int8_t>({1}, {-2})}},
    };
}

namespace {

TEST(ComMicrosoftQLinearLeakyRelu, Cases) { checkCases(comMicrosoftQLinearLeakyReluCases()); }

TEST(ComMicrosoftQLinearLeakyRelu, RefusesScaleVector) {
    const OpCase opCase{
        .name = "q",
        .op = "QLinearLeakyRelu",
        .domain = "com.microsoft",
        .inputs = {Tensor::of<uint8_t>({1}, {7}), Tensor::of<float>({2}, {1, 1}), Tensor::scalar<uint8_t>(0),
                   Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(0)}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("scale has 2 items, expected 1"));
}

}  // namespace
}  // namespace lathe::test
