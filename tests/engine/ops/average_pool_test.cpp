#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> averagePoolCases() {
    return {
        {.name = "mean_of_four",
         .op = "AveragePool",
         .attributes = {{"kernel_shape", std::vector<int64_t>{2, 2}}},
         .inputs = {Tensor::of<float>({1, 1, 2, 2}, {1, 2, 3, 4})},
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {2.5f})}},
        {.name = "pads_count",
         .op = "AveragePool",
         .attributes = {{"count_include_pad", int64_t{1}},
                        {"kernel_shape", std::vector<int64_t>{3}},
                        {"pads", std::vector<int64_t>{1, 1}}},
         .inputs = {Tensor::of<float>({1, 1, 3}, {1, 2, 3})},
         .expected = {Tensor::of<float>({1, 1, 3}, {1, 2, 1.66666667f})},
         .tolerance = 1e-06},
        {.name = "pads_do_not_count",
         .op = "AveragePool",
         .attributes = {{"kernel_shape", std::vector<int64_t>{3}}, {"pads", std::vector<int64_t>{1, 1}}},
         .inputs = {Tensor::of<float>({1, 1, 3}, {1, 2, 3})},
         .expected = {Tensor::of<float>({1, 1, 3}, {1.5f, 2, 2.5f})},
         .tolerance = 1e-06},
        {.name = "ceil_mode_last_window_is_short",
         .op = "AveragePool",
         .attributes = {{"ceil_mode", int64_t{1}},
                        {"kernel_shape", std::vector<int64_t>{2}},
                        {"strides", std::vector<int64_t>{2}}},
         .inputs = {Tensor::of<float>({1, 1, 3}, {1, 2, 3})},
         .expected = {Tensor::of<float>({1, 1, 2}, {1.5f, 3})}},
        {.name = "same_upper",
         .op = "AveragePool",
         .attributes = {{"auto_pad", std::string("SAME_UPPER")},
                        {"kernel_shape", std::vector<int64_t>{3, 2}},
                        {"strides", std::vector<int64_t>{2, 3}}},
         .inputs = {ramp({2, 3, 7, 5})}},
        {.name = "dilated",
         .op = "AveragePool",
         .attributes = {{"dilations", std::vector<int64_t>{3, 2}},
                        {"kernel_shape", std::vector<int64_t>{2, 3}},
                        {"pads", std::vector<int64_t>{1, 0, 0, 1}}},
         .inputs = {ramp({1, 2, 9, 8})}},
    };
}

namespace {

TEST(AveragePool, Cases) { checkCases(averagePoolCases()); }

TEST(AveragePool, RefusesShortKernel) {
    const OpCase opCase{.name = "p",
                        .op = "AveragePool",
                        .attributes = {{"kernel_shape", std::vector<int64_t>{2}}},
                        .inputs = {ramp({1, 1, 4, 4})}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("AveragePool \"p\": kernel_shape has 1 items, expected 2"));
}

}  // namespace
}  // namespace lathe::test
