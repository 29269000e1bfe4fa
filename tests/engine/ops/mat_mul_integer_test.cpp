#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> matMulIntegerCases() {
    return {
        {.name = "zero_point_of_a",
         .op = "MatMulInteger",
         .inputs = {Tensor::of<uint8_t>({1, 2}, {11, 7}), Tensor::of<uint8_t>({2, 1}, {1, 4}),
                    Tensor::scalar<uint8_t>(12)},
         .expected = {Tensor::of<int32_t>({1, 1}, {-21})}},
        {.name = "zero_point_a_column",
         .op = "MatMulInteger",
         .inputs = {Tensor::of<uint8_t>({1, 2}, {1, 1}), Tensor::of<uint8_t>({2, 2}, {1, 2, 3, 4}),
                    std::nullopt, Tensor::of<uint8_t>({2}, {1, 2})},
         .expected = {Tensor::of<int32_t>({1, 2}, {2, 2})}},
        {.name = "zero_point_a_row",
         .op = "MatMulInteger",
         .inputs = {Tensor::of<uint8_t>({2, 1}, {3, 5}), Tensor::of<uint8_t>({1, 1}, {2}),
                    Tensor::of<uint8_t>({2}, {1, 2})},
         .expected = {Tensor::of<int32_t>({2, 1}, {4, 6})}},
    };
}

namespace {

TEST(MatMulInteger, Cases) { checkCases(matMulIntegerCases()); }

TEST(MatMulInteger, RefusesOtherInner) {
    const OpCase opCase{.name = "m",
                        .op = "MatMulInteger",
                        .inputs = {Tensor::of<uint8_t>({1, 2}, {1, 2}), Tensor::of<uint8_t>({1, 2}, {1, 2})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("2 columns against 1 rows"));
}

}  // namespace
}  // namespace lathe::test
