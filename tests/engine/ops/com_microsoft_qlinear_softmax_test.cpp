#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftQLinearSoftmaxCases() {
    return {
        {.name = "even",
         .op = "QLinearSoftmax",
         .domain = "com.microsoft",
         .attributes = {{"axis", int64_t{-1}}},
         .inputs = {Tensor::of<uint8_t>({1, 2}, {5, 5}), Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(0),
                    Tensor::scalar<float>(0.00390625f), Tensor::scalar<uint8_t>(0)},
         .expected = {Tensor::of<uint8_t>({1, 2}, {128, 128})}},
        {.name = "old_form_takes_all_axes",
         .op = "QLinearSoftmax",
         .domain = "com.microsoft",
         .attributes = {{"axis", int64_t{1}}, {"opset", int64_t{12}}},
         .inputs = {Tensor::of<uint8_t>({1, 2, 2}, {5, 5, 5, 5}), Tensor::scalar<float>(1),
                    Tensor::scalar<uint8_t>(0), Tensor::scalar<float>(0.00390625f),
                    Tensor::scalar<uint8_t>(0)},
         .expected = {Tensor::of<uint8_t>({1, 2, 2}, {64, 64, 64, 64})}},
    };
}

namespace {

TEST(ComMicrosoftQLinearSoftmax, Cases) { checkCases(comMicrosoftQLinearSoftmaxCases()); }

TEST(ComMicrosoftQLinearSoftmax, RefusesScaleVector) {
    const OpCase opCase{
        .name = "q",
        .op = "QLinearSoftmax",
        .domain = "com.microsoft",
        .inputs = {Tensor::of<uint8_t>({1}, {7}), Tensor::of<float>({2}, {1, 1}), Tensor::scalar<uint8_t>(0),
                   Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(0)}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("scale has 2 items, expected 1"));
}

}  // namespace
}  // namespace lathe::test
