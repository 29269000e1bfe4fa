#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> roiAlignCases() {
    return {
        {.name = "half_pixel",
         .op = "RoiAlign",
         .attributes = {{"sampling_ratio", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 2, 2}, {1, 2, 3, 4}), Tensor::of<float>({1, 4}, {0, 0, 2, 2}),
                    Tensor::of<int64_t>({1}, {0})},
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {2.5f})}},
        {.name = "output_half_pixel",
         .op = "RoiAlign",
         .attributes = {{"coordinate_transformation_mode", std::string("output_half_pixel")},
                        {"sampling_ratio", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 2, 2}, {1, 2, 3, 4}), Tensor::of<float>({1, 4}, {0, 0, 2, 2}),
                    Tensor::of<int64_t>({1}, {0})},
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {4})}},
        {.name = "adaptive",
         .op = "RoiAlign",
         .attributes = {{"output_height", int64_t{3}}, {"output_width", int64_t{2}}, {"spatial_scale", 0.5f}},
         .inputs = {ramp({2, 3, 8, 9}), Tensor::of<float>({2, 4}, {0, 1, 7, 6, 2, 2, 8, 5}),
                    Tensor::of<int64_t>({2}, {1, 0})}},
    };
}

namespace {

TEST(RoiAlign, Cases) { checkCases(roiAlignCases()); }

TEST(RoiAlign, RefusesRois) {
    const OpCase opCase{.name = "r",
                        .op = "RoiAlign",
                        .inputs = {ramp({1, 1, 2, 2}), ramp({1, 5}), Tensor::of<int64_t>({1}, {0})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("rois have shape [1, 5], expected [num_rois, 4]"));
}

}  // namespace
}  // namespace lathe::test
