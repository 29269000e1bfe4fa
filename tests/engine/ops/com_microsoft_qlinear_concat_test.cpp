#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftQLinearConcatCases() {
    return {
        {.name = "scales_differ",
         .op = "QLinearConcat",
         .domain = "com.microsoft",
         .attributes = {{"axis", int64_t{0}}},
         .inputs = {Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(0), Tensor::of<uint8_t>({1}, {2}),
                    Tensor::scalar<float>(0.5f), Tensor::scalar<uint8_t>(0), Tensor::of<uint8_t>({1}, {3}),
                    Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(0)},
         .expected = {Tensor::of<uint8_t>({2}, {1, 3})}},
        {.name = "along_columns",
         .op = "QLinearConcat",
         .domain = "com.microsoft",
         .attributes = {{"axis", int64_t{1}}},
         .inputs = {Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(1), Tensor::of<uint8_t>({2, 1}, {1, 2}),
                    Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(0), Tensor::of<uint8_t>({2, 1}, {3, 4}),
                    Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(0)},
         .expected = {Tensor::of<uint8_t>({2, 2}, {2, 4, 3, 5})}},
    };
}

namespace {

TEST(ComMicrosoftQLinearConcat, Cases) { checkCases(comMicrosoftQLinearConcatCases()); }

TEST(ComMicrosoftQLinearConcat, RefusesInputCount) {
    const OpCase opCase{.name = "q",
                        .op = "QLinearConcat",
                        .domain = "com.microsoft",
                        .attributes = {{"axis", int64_t{0}}},
                        .inputs = {Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(0),
                                   Tensor::of<uint8_t>({1}, {2}), Tensor::scalar<float>(0.5f)}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("has 4 inputs, expected 2 and then 3 a tensor"));
}

}  // namespace
}  // namespace lathe::test
