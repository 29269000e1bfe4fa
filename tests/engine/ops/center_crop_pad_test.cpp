#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> centerCropPadCases() {
    return {
        {.name = "crop",
         .op = "CenterCropPad",
         .inputs = {Tensor::of<float>({4}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {2})},
         .expected = {Tensor::of<float>({2}, {2, 3})},
         .constantInputs = {1}},
        {.name = "pad_odd",
         .op = "CenterCropPad",
         .inputs = {Tensor::of<float>({2}, {1, 2}), Tensor::of<int64_t>({1}, {5})},
         .expected = {Tensor::of<float>({5}, {0, 1, 2, 0, 0})},
         .constantInputs = {1}},
        {.name = "texts",
         .op = "CenterCropPad",
         .attributes = {{"axes", std::vector<int64_t>{-1}}},
         .inputs = {Tensor::of<std::string>({1, 1}, {"a"}), Tensor::of<int64_t>({1}, {2})},
         .expected = {Tensor::of<std::string>({1, 2}, {"a", ""})},
         .constantInputs = {1}},
    };
}

namespace {

TEST(CenterCropPad, Cases) { checkCases(centerCropPadCases()); }

TEST(CenterCropPad, RefusesShapeLength) {
    const OpCase opCase{.name = "c",
                        .op = "CenterCropPad",
                        .inputs = {ramp({2, 2}), Tensor::of<int64_t>({1}, {3})},
                        .constantInputs = {1}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("shape has 1 items, expected 2"));
}

}  // namespace
}  // namespace lathe::test
