#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> convTransposeCases() {
    return {
        {.name = "spreads",
         .op = "ConvTranspose",
         .attributes = {{"strides", std::vector<int64_t>{2}}},
         .inputs = {Tensor::of<float>({1, 1, 2}, {1, 2}), Tensor::of<float>({1, 1, 2}, {1, 10})},
         .expected = {Tensor::of<float>({1, 1, 4}, {1, 10, 2, 20})}},
        {.name = "overlaps_with_bias",
         .op = "ConvTranspose",
         .inputs = {Tensor::of<float>({1, 1, 2}, {1, 2}), Tensor::of<float>({1, 1, 2}, {1, 10}),
                    Tensor::of<float>({1}, {100})},
         .expected = {Tensor::of<float>({1, 1, 3}, {101, 112, 120})}},
        {.name = "pads_cut",
         .op = "ConvTranspose",
         .attributes = {{"pads", std::vector<int64_t>{1, 0}}},
         .inputs = {Tensor::of<float>({1, 1, 2}, {1, 2}), Tensor::of<float>({1, 1, 2}, {1, 10})},
         .expected = {Tensor::of<float>({1, 1, 2}, {12, 20})}},
        {.name = "output_padding",
         .op = "ConvTranspose",
         .attributes = {{"output_padding", std::vector<int64_t>{1}}, {"strides", std::vector<int64_t>{2}}},
         .inputs = {Tensor::of<float>({1, 1, 2}, {1, 2}), Tensor::of<float>({1, 1, 2}, {1, 10})},
         .expected = {Tensor::of<float>({1, 1, 5}, {1, 10, 2, 20, 0})}},
        {.name = "output_shape",
         .op = "ConvTranspose",
         .attributes = {{"output_shape", std::vector<int64_t>{10, 8}},
                        {"strides", std::vector<int64_t>{3, 2}}},
         .inputs = {ramp({1, 2, 3, 3}), ramp({2, 3, 3, 3})}},
        {.name = "same_upper_groups",
         .op = "ConvTranspose",
         .attributes = {{"auto_pad", std::string("SAME_UPPER")},
                        {"group", int64_t{2}},
                        {"strides", std::vector<int64_t>{2, 2}}},
         .inputs = {ramp({2, 4, 3, 5}), ramp({4, 2, 3, 3})}},
    };
}

namespace {

TEST(ConvTranspose, Cases) { checkCases(convTransposeCases()); }

TEST(ConvTranspose, RefusesOtherChannels) {
    const OpCase opCase{.name = "c", .op = "ConvTranspose", .inputs = {ramp({1, 1, 2}), ramp({2, 1, 2})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("input has 1 channels, but the weight takes 2"));
}

}  // namespace
}  // namespace lathe::test
