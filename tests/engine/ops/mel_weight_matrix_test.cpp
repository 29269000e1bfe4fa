#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> melWeightMatrixCases() {
    return {
        {.name = "of_the_standard",
         .op = "MelWeightMatrix",
         .inputs = {Tensor::scalar<int64_t>(8), Tensor::scalar<int64_t>(16), Tensor::scalar<int64_t>(8192),
                    Tensor::scalar<float>(0), Tensor::scalar<float>(4096)},
         .expected = {Tensor::of<float>(
             {9, 8}, {1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0,
                      0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1,
                      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})},
         .constantInputs = {0, 1}},
        {.name = "one_bin",
         .op = "MelWeightMatrix",
         .inputs = {Tensor::scalar<int64_t>(1), Tensor::scalar<int64_t>(4), Tensor::scalar<int64_t>(4),
                    Tensor::scalar<float>(0), Tensor::scalar<float>(2)},
         .expected = {Tensor::of<float>({3, 1}, {1, 0, 0})},
         .constantInputs = {0, 1}},
    };
}

namespace {

TEST(MelWeightMatrix, Cases) { checkCases(melWeightMatrixCases()); }

TEST(MelWeightMatrix, RefusesTextOutput) {
    const OpCase opCase{
        .name = "m",
        .op = "MelWeightMatrix",
        .attributes = {{"output_datatype", int64_t{8}}},
        .inputs = {Tensor::scalar<int64_t>(1), Tensor::scalar<int64_t>(4), Tensor::scalar<int64_t>(4),
                   Tensor::scalar<float>(0), Tensor::scalar<float>(2)}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("output_datatype 8 is no number type"));
}

}  // namespace
}  // namespace lathe::test
