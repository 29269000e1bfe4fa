#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> gridSampleCases() {
    return {
        {.name = "centre",
         .op = "GridSample",
         .inputs = {Tensor::of<float>({1, 1, 2, 2}, {1, 2, 3, 4}), Tensor::of<float>({1, 1, 1, 2}, {0, 0})},
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {2.5f})}},
        {.name = "corner",
         .op = "GridSample",
         .attributes = {{"align_corners", int64_t{1}}, {"mode", std::string("nearest")}},
         .inputs = {Tensor::of<float>({1, 1, 2, 2}, {1, 2, 3, 4}), Tensor::of<float>({1, 1, 1, 2}, {1, -1})},
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {2})}},
        {.name = "outside_is_zero_or_border",
         .op = "GridSample",
         .inputs = {Tensor::of<float>({1, 1, 1, 2}, {5, 7}), Tensor::of<float>({1, 1, 1, 2}, {3, 0})},
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {0})}},
        {.name = "border",
         .op = "GridSample",
         .attributes = {{"padding_mode", std::string("border")}},
         .inputs = {Tensor::of<float>({1, 1, 1, 2}, {5, 7}), Tensor::of<float>({1, 1, 1, 2}, {3, 0})},
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {7})}},
        {.name = "cubic_reflection",
         .op = "GridSample",
         .attributes = {{"mode", std::string("cubic")}, {"padding_mode", std::string("reflection")}},
         .inputs = {ramp({2, 3, 4, 5}), ramp({2, 3, 2, 2})}},
        {.name = "volume", .op = "GridSample", .inputs = {ramp({1, 2, 3, 4, 5}), ramp({1, 2, 2, 2, 3})}},
    };
}

namespace {

TEST(GridSample, Cases) { checkCases(gridSampleCases()); }

TEST(GridSample, RefusesCoordinates) {
    const OpCase opCase{.name = "g", .op = "GridSample", .inputs = {ramp({1, 1, 2, 2}), ramp({1, 1, 1, 3})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("grid has 3 coordinates, expected 2"));
}

}  // namespace
}  // namespace lathe::test
