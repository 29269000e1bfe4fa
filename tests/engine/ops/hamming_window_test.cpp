#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> hammingWindowCases() {
    return {
        {.name = "periodic",
         .op = "HammingWindow",
         .inputs = {Tensor::scalar<int64_t>(4)},
         .expected = {Tensor::of<float>({4}, {0.0869565217f, 0.543478261f, 1, 0.543478261f})},
         .tolerance = 1e-06},
        {.name = "symmetric",
         .op = "HammingWindow",
         .attributes = {{"output_datatype", int64_t{11}}, {"periodic", int64_t{0}}},
         .inputs = {Tensor::scalar<int64_t>(3)},
         .expected = {Tensor::of<double>({3}, {0.08695652173913043, 1.0, 0.08695652173913043})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(HammingWindow, Cases) { checkCases(hammingWindowCases()); }

TEST(HammingWindow, RefusesTextOutput) {
    const OpCase opCase{.name = "w",
                        .op = "HammingWindow",
                        .attributes = {{"output_datatype", int64_t{8}}},
                        .inputs = {Tensor::scalar<int64_t>(4)}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("output_datatype 8 is no number type"));
}

}  // namespace
}  // namespace lathe::test
