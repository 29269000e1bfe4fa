#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftFastGeluCases() {
    return {
        {.name = "by_hand",
         .op = "FastGelu",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<float>({2}, {0, 1})},
         .expected = {Tensor::of<float>({2}, {0, 0.841191991f})},
         .tolerance = 1e-06},
        {.name = "bias",
         .op = "FastGelu",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<float>({1, 2}, {1, 1}), Tensor::of<float>({2}, {-1, 1})},
         .expected = {Tensor::of<float>({1, 2}, {0, 1.95459769f})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(ComMicrosoftFastGelu, Cases) { checkCases(comMicrosoftFastGeluCases()); }

TEST(ComMicrosoftFastGelu, RefusesBiasLength) {
    const OpCase opCase{
        .name = "g", .op = "FastGelu", .domain = "com.microsoft", .inputs = {ramp({2, 3}), ramp({2})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("the bias [2] does not fit the input [2, 3]"));
}

}  // namespace
}  // namespace lathe::test
