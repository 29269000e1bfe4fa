#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftGeluCases() {
    return {
        {.name = "by_hand",
         .op = "Gelu",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<float>({3}, {0, 1, -1})},
         .expected = {Tensor::of<float>({3}, {0, 0.841344746f, -0.158655254f})},
         .tolerance = 1e-06},
        {.name = "large",
         .op = "Gelu",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<float>({2}, {10, -10})},
         .expected = {Tensor::of<float>({2}, {10, 0})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(ComMicrosoftGelu, Cases) { checkCases(comMicrosoftGeluCases()); }

TEST(ComMicrosoftGelu, RefusesIntegers) {
    const OpCase opCase{
        .name = "g", .op = "Gelu", .domain = "com.microsoft", .inputs = {Tensor::of<int32_t>({1}, {1})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("input 0 (X) has type int32"));
}

}  // namespace
}  // namespace lathe::test
