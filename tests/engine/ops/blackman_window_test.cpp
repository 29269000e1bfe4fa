#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> blackmanWindowCases() {
    return {
        {.name = "periodic",
         .op = "BlackmanWindow",
         .inputs = {Tensor::scalar<int64_t>(4)},
         .expected = {Tensor::of<float>({4}, {0, 0.34f, 1, 0.34f})},
         .tolerance = 1e-06},
        {.name = "symmetric",
         .op = "BlackmanWindow",
         .attributes = {{"output_datatype", int64_t{11}}, {"periodic", int64_t{0}}},
         .inputs = {Tensor::scalar<int64_t>(3)},
         .expected = {Tensor::of<double>({3}, {0.0, 1.0, 0.0})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(BlackmanWindow, Cases) { checkCases(blackmanWindowCases()); }

TEST(BlackmanWindow, RefusesTextOutput) {
    const OpCase opCase{.name = "w",
                        .op = "BlackmanWindow",
                        .attributes = {{"output_datatype", int64_t{8}}},
                        .inputs = {Tensor::scalar<int64_t>(4)}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("output_datatype 8 is no number type"));
}

}  // namespace
}  // namespace lathe::test
