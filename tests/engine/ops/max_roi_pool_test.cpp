#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> maxRoiPoolCases() {
    return {
        {.name = "whole",
         .op = "MaxRoiPool",
         .attributes = {{"pooled_shape", std::vector<int64_t>{1, 1}}},
         .inputs = {Tensor::of<float>({1, 1, 2, 2}, {1, 2, 4, 3}),
                    Tensor::of<float>({1, 5}, {0, 0, 0, 1, 1})},
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {4})}},
        {.name = "bins",
         .op = "MaxRoiPool",
         .attributes = {{"pooled_shape", std::vector<int64_t>{2, 2}}},
         .inputs = {Tensor::of<float>({1, 1, 2, 2}, {1, 2, 4, 3}),
                    Tensor::of<float>({1, 5}, {0, 0, 0, 1, 1})},
         .expected = {Tensor::of<float>({1, 1, 2, 2}, {1, 2, 4, 3})}},
    };
}

namespace {

TEST(MaxRoiPool, Cases) { checkCases(maxRoiPoolCases()); }

TEST(MaxRoiPool, RefusesRois) {
    const OpCase opCase{.name = "r",
                        .op = "MaxRoiPool",
                        .attributes = {{"pooled_shape", std::vector<int64_t>{1, 1}}},
                        .inputs = {ramp({1, 1, 2, 2}), ramp({1, 4})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("rois have shape [1, 4], expected [num_rois, 5]"));
}

}  // namespace
}  // namespace lathe::test
