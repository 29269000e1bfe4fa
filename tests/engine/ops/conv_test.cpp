#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> convCases() {
    return {
        {.name = "sums_of_four",
         .op = "Conv",
         .inputs = {Tensor::of<float>({1, 1, 3, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9}),
                    Tensor::of<float>({1, 1, 2, 2}, {1, 1, 1, 1})},
         .expected = {Tensor::of<float>({1, 1, 2, 2}, {12, 16, 24, 28})}},
        {.name = "groups_and_bias",
         .op = "Conv",
         .attributes = {{"group", int64_t{2}}},
         .inputs = {Tensor::of<float>({1, 2, 2}, {1, 2, 3, 4}), Tensor::of<float>({2, 1, 2}, {1, 1, 1, -1}),
                    Tensor::of<float>({2}, {10, 20})},
         .expected = {Tensor::of<float>({1, 2, 1}, {13, 19})}},
        {.name = "dilated_strided_padded",
         .op = "Conv",
         .attributes = {{"dilations", std::vector<int64_t>{2}},
                        {"pads", std::vector<int64_t>{1, 1}},
                        {"strides", std::vector<int64_t>{2}}},
         .inputs = {Tensor::of<float>({1, 1, 4}, {1, 2, 3, 4}), Tensor::of<float>({1, 1, 2}, {1, 10})},
         .expected = {Tensor::of<float>({1, 1, 2}, {20, 42})}},
        {.name = "same_lower",
         .op = "Conv",
         .attributes = {{"auto_pad", std::string("SAME_LOWER")}, {"strides", std::vector<int64_t>{2, 2}}},
         .inputs = {ramp({2, 3, 7, 6}), ramp({4, 3, 3, 2})}},
        {.name = "three_dimensions",
         .op = "Conv",
         .attributes = {{"pads", std::vector<int64_t>{1, 0, 1, 0, 1, 0}}},
         .inputs = {ramp({1, 2, 4, 5, 3}), ramp({3, 2, 2, 2, 2}), ramp({3})}},
        {.name = "valid",
         .op = "Conv",
         .attributes = {{"auto_pad", std::string("VALID")}, {"group", int64_t{4}}},
         .inputs = {ramp({1, 4, 6, 6}), ramp({4, 1, 3, 3})}},
        {.name = "empty_batch", .op = "Conv", .inputs = {ramp({0, 1, 4, 4}), ramp({1, 1, 3, 3})}},
    };
}

namespace {

TEST(Conv, Cases) { checkCases(convCases()); }

TEST(Conv, RefusesWeightOfOtherRank) {
    const OpCase opCase{.name = "c", .op = "Conv", .inputs = {ramp({1, 1, 4, 4}), ramp({1, 1, 3})}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("Conv \"c\": weight has 3 dimensions, expected 4"));
}

TEST(Conv, RefusesOtherChannels) {
    const OpCase opCase{.name = "c", .op = "Conv", .inputs = {ramp({1, 3, 4, 4}), ramp({2, 2, 3, 3})}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("input has 3 channels, but the weight takes 2 in 1 groups"));
}

TEST(Conv, RefusesTooLargeKernel) {
    const OpCase opCase{.name = "c", .op = "Conv", .inputs = {ramp({1, 1, 2, 4}), ramp({1, 1, 3, 3})}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("the kernel of size 3 does not fit into spatial axis 0 of size 2"));
}

}  // namespace
}  // namespace lathe::test
