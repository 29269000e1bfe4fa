#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftQLinearSigmoidCases() {
    return {
        {.name = "half",
         .op = "QLinearSigmoid",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<uint8_t>({1}, {7}), Tensor::scalar<float>(0.5f), Tensor::scalar<uint8_t>(7),
                    Tensor::scalar<float>(0.00390625f), Tensor::scalar<uint8_t>(0)},
         .expected = {Tensor::of<uint8_t>({1}, {128})}},
        {.name = "saturated",
         .op = "QLinearSigmoid",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<int8_t>({2}, {127, -128}), Tensor::scalar<float>(1), std::nullopt,
                    Tensor::scalar<float>(0.00390625f), Tensor::scalar<int8_t>(-128)},
         .expected = {Tensor::of<int8_t>({2}, {127, -128})}},
    };
}

namespace {

TEST(ComMicrosoftQLinearSigmoid, Cases) { checkCases(comMicrosoftQLinearSigmoidCases()); }

TEST(ComMicrosoftQLinearSigmoid, RefusesScaleVector) {
    const OpCase opCase{
        .name = "q",
        .op = "QLinearSigmoid",
        .domain = "com.microsoft",
        .inputs = {Tensor::of<uint8_t>({1}, {7}), Tensor::of<float>({2}, {1, 1}), Tensor::scalar<uint8_t>(0),
                   Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(0)}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("scale has 2 items, expected 1"));
}

}  // namespace
}  // namespace lathe::test
