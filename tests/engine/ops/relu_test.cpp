#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/ir/editor.h"
#include "engine/ops/infer.h"
#include "tests/support/op_cases.h"

namespace lathe::test {

std::vector<OpCase> reluCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Relu",
         .inputs = {Tensor::of<float>({2, 3}, {-1, 0, 2, -0.5f, 3, -4})},
         .expected = {Tensor::of<float>({2, 3}, {0, 0, 2, 0, 3, 0})}},
        {.name = "nan_stays",
         .op = "Relu",
         .inputs = {Tensor::of<float>({3}, {NAN, INFINITY, -INFINITY})},
         .expected = {Tensor::of<float>({3}, {NAN, INFINITY, 0})}},
        {.name = "integers",
         .op = "Relu",
         .inputs = {Tensor::of<int8_t>({4}, {-128, -1, 0, 127})},
         .expected = {Tensor::of<int8_t>({4}, {0, 0, 0, 127})}},
        {.name = "half",
         .op = "Relu",
         .inputs = {Tensor::of<tensor::Float16>({2}, {tensor::Float16(-1.5f), tensor::Float16(1.5f)})},
         .expected = {Tensor::of<tensor::Float16>({2}, {tensor::Float16(0.0f), tensor::Float16(1.5f)})}},
        {.name = "scalar", .op = "Relu", .inputs = {Tensor::scalar(-2.0)}, .expected = {Tensor::scalar(0.0)}},
        {.name = "empty", .op = "Relu", .inputs = {ramp({0, 3})}, .expected = {ramp({0, 3})}},
        {.name = "odd_size", .op = "Relu", .inputs = {ramp({1, 3, 7, 5})}},
    };
}

namespace {

TEST(Relu, Cases) { checkCases(reluCases()); }

TEST(Relu, RefusesTypesWithoutSign) {
    OpCase opCase{.name = "r", .op = "Relu", .inputs = {tensor::Tensor::of<uint8_t>({1}, {3})}};
    const auto graph = graphOf(opCase, OpCaseForm::concrete);
    const auto typed = ops::inferred(graph);
    ASSERT_FALSE(typed);
    EXPECT_THAT(typed.error().message,
                testing::HasSubstr("Relu \"r\": input 0 (X) has type uint8, expected one of"));
}

}  // namespace
}  // namespace lathe::test
