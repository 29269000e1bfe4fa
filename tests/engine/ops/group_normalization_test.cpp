#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> groupNormalizationCases() {
    return {
        {.name = "one_group",
         .op = "GroupNormalization",
         .attributes = {{"epsilon", 0.0f}, {"num_groups", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 2, 2}, {1, 3, 1, 3}), Tensor::of<float>({2}, {1, 2}),
                    Tensor::of<float>({2}, {0, 1})},
         .expected = {Tensor::of<float>({1, 2, 2}, {-1, 1, -1, 3})},
         .tolerance = 1e-06},
        {.name = "two_groups",
         .op = "GroupNormalization",
         .attributes = {{"epsilon", 0.0f}, {"num_groups", int64_t{2}}},
         .inputs = {Tensor::of<float>({1, 2, 2}, {1, 3, 10, 30}), Tensor::of<float>({2}, {1, 1}),
                    Tensor::of<float>({2}, {0, 0})},
         .expected = {Tensor::of<float>({1, 2, 2}, {-1, 1, -1, 1})},
         .tolerance = 1e-06},
        {.name = "odd",
         .op = "GroupNormalization",
         .attributes = {{"num_groups", int64_t{3}}},
         .inputs = {ramp({2, 6, 3, 5}), ramp({6}), ramp({6})}},
    };
}

namespace {

TEST(GroupNormalization, Cases) { checkCases(groupNormalizationCases()); }

TEST(GroupNormalization, RefusesUnevenGroups) {
    const OpCase opCase{.name = "g",
                        .op = "GroupNormalization",
                        .attributes = {{"num_groups", int64_t{3}}},
                        .inputs = {ramp({1, 4, 2}), ramp({4}), ramp({4})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("4 channels do not divide into 3 groups"));
}

}  // namespace
}  // namespace lathe::test
