#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> maxPoolCases() {
    return {
        {.name = "with_place",
         .op = "MaxPool",
         .attributes = {{"kernel_shape", std::vector<int64_t>{2, 2}}},
         .inputs = {Tensor::of<float>({1, 1, 2, 2}, {1, 2, 4, 3})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {4}), Tensor::of<int64_t>({1, 1, 1, 1}, {2})}},
        {.name = "ceil_mode",
         .op = "MaxPool",
         .attributes = {{"ceil_mode", int64_t{1}},
                        {"kernel_shape", std::vector<int64_t>{2}},
                        {"strides", std::vector<int64_t>{2}}},
         .inputs = {Tensor::of<float>({1, 1, 5}, {1, 2, 3, 4, 5})},
         .expected = {Tensor::of<float>({1, 1, 3}, {2, 4, 5})}},
        {.name = "column_major_places",
         .op = "MaxPool",
         .attributes = {{"kernel_shape", std::vector<int64_t>{2, 2}}, {"storage_order", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 2, 2}, {1, 2, 4, 3})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {4}), Tensor::of<int64_t>({1, 1, 1, 1}, {1})}},
        {.name = "bytes",
         .op = "MaxPool",
         .attributes = {{"kernel_shape", std::vector<int64_t>{2}}},
         .inputs = {Tensor::of<uint8_t>({1, 1, 3}, {9, 200, 7})},
         .expected = {Tensor::of<uint8_t>({1, 1, 2}, {200, 200})}},
        {.name = "dilated",
         .op = "MaxPool",
         .attributes = {{"dilations", std::vector<int64_t>{3, 2}},
                        {"kernel_shape", std::vector<int64_t>{2, 3}},
                        {"pads", std::vector<int64_t>{1, 1, 0, 1}},
                        {"strides", std::vector<int64_t>{2, 1}}},
         .inputs = {ramp({2, 3, 9, 8})},
         .outputCount = 2},
    };
}

namespace {

TEST(MaxPool, Cases) { checkCases(maxPoolCases()); }

TEST(MaxPool, RefusesTooLargeWindow) {
    const OpCase opCase{.name = "p",
                        .op = "MaxPool",
                        .attributes = {{"kernel_shape", std::vector<int64_t>{3, 3}}},
                        .inputs = {ramp({1, 1, 2, 4})}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("the window of size 3 does not fit into spatial axis 0 of size 2"));
}

}  // namespace
}  // namespace lathe::test
