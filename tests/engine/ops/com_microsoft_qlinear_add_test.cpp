#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftQLinearAddCases() {
    return {
        {.name = "two_and_two",
         .op = "QLinearAdd",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<uint8_t>({1}, {4}), Tensor::scalar<float>(0.5f), Tensor::scalar<uint8_t>(0),
                    Tensor::of<uint8_t>({1}, {3}), Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(1),
                    Tensor::scalar<float>(2), Tensor::scalar<uint8_t>(1)},
         .expected = {Tensor::of<uint8_t>({1}, {3})}},
        {.name = "broadcast",
         .op = "QLinearAdd",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<int8_t>({2}, {-4, 6}), Tensor::scalar<float>(1), std::nullopt,
                    Tensor::of<int8_t>({1}, {3}), Tensor::scalar<float>(1), std::nullopt,
                    Tensor::scalar<float>(1)},
         .expected = {Tensor::of<int8_t>({2}, {-1, 9})}},
    };
}

namespace {

TEST(ComMicrosoftQLinearAdd, Cases) { checkCases(comMicrosoftQLinearAddCases()); }

TEST(ComMicrosoftQLinearAdd, RefusesScaleVector) {
    const OpCase opCase{
        .name = "q",
        .op = "QLinearAdd",
        .domain = "com.microsoft",
        .inputs = {Tensor::of<uint8_t>({1}, {4}), Tensor::of<float>({2}, {1, 1}), Tensor::scalar<uint8_t>(0),
                   Tensor::of<uint8_t>({1}, {3}), Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(1),
                   Tensor::scalar<float>(2), Tensor::scalar<uint8_t>(1)}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("scale has 2 items, expected 1"));
}

}  // namespace
}  // namespace lathe::test
