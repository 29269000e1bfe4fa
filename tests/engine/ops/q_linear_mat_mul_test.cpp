#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> qLinearMatMulCases() {
    return {
        {.name = "by_hand",
         .op = "QLinearMatMul",
         .inputs = {Tensor::of<uint8_t>({1, 2}, {2, 4}), Tensor::scalar<float>(0.5f),
                    Tensor::scalar<uint8_t>(0), Tensor::of<uint8_t>({2, 1}, {1, 3}), Tensor::scalar<float>(2),
                    Tensor::scalar<uint8_t>(1), Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(1)},
         .expected = {Tensor::of<uint8_t>({1, 1}, {9})}},
        {.name = "scale_a_column",
         .op = "QLinearMatMul",
         .inputs = {Tensor::of<uint8_t>({1, 2}, {1, 1}), Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(0),
                    Tensor::of<int8_t>({2, 2}, {1, 2, 3, 4}), Tensor::of<float>({2}, {1, 0.5f}),
                    Tensor::of<int8_t>({2}, {0, 0}), Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(0)},
         .expected = {Tensor::of<uint8_t>({1, 2}, {4, 3})}},
    };
}

namespace {

TEST(QLinearMatMul, Cases) { checkCases(qLinearMatMulCases()); }

TEST(QLinearMatMul, RefusesOtherInner) {
    const OpCase opCase{.name = "q",
                        .op = "QLinearMatMul",
                        .inputs = {Tensor::of<uint8_t>({1, 2}, {2, 4}), Tensor::scalar<float>(0.5f),
                                   Tensor::scalar<uint8_t>(0), Tensor::of<uint8_t>({3, 1}, {1, 3, 1}),
                                   Tensor::scalar<float>(2), Tensor::scalar<uint8_t>(1),
                                   Tensor::scalar<float>(1), Tensor::scalar<uint8_t>(1)}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("cannot multiply [1, 2] by [3, 1]: 2 columns against 3 rows"));
}

}  // namespace
}  // namespace lathe::test
