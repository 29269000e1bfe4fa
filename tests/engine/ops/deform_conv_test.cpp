#include <gtest/gtest.h>

#include <limits>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> deformConvCases() {
    const auto x = Tensor::of<float>({1, 1, 1, 4}, {1, 2, 3, 4});
    const auto one = Tensor::of<float>({1, 1, 1, 1}, {1});
    constexpr float kFar = std::numeric_limits<float>::infinity();
    return {
        // One tap, moved along the last axis: from 0 to 0.5 between 1 and 2, from 1 to 3, from 2 to -1
        // outside,
        // from 3 to 3.25, where a quarter is outside.
        {.name = "moved",
         .op = "DeformConv",
         .inputs = {x, one, Tensor::of<float>({1, 2, 1, 4}, {0, 0, 0, 0, 0.5f, 2, -3, 0.25f})},
         .expected = {Tensor::of<float>({1, 1, 1, 4}, {1.5f, 4, 0, 3})}},
        // Moved off the only row by half, then masked by 2 and given 10 more.
        {.name = "bias_and_mask",
         .op = "DeformConv",
         .inputs = {x, one, Tensor::of<float>({1, 2, 1, 4}, {0.5f, 0.5f, kFar, -kFar, 0, 0, 0, 0}),
                    Tensor::of<float>({1}, {10}), Tensor::of<float>({1, 1, 1, 4}, {2, 2, 2, 2})},
         .expected = {Tensor::of<float>({1, 1, 1, 4}, {11, 12, 10, 10})}},
        // No offsets: the plain convolution 1*10 + 2*1, 2*10 + 3*1, 3*10 + 4*1, with zeros around.
        {.name = "one_axis_without_offsets",
         .op = "DeformConv",
         .attributes = {{"pads", std::vector<int64_t>{1, 1}}},
         .inputs = {Tensor::of<double>({1, 1, 4}, {1, 2, 3, 4}), Tensor::of<double>({1, 1, 2}, {10, 1}),
                    Tensor::zeros(tensor::DataType::float64, tensor::Shape{1, 2, 5})},
         .expected = {Tensor::of<double>({1, 1, 5}, {1, 12, 23, 34, 40})}},
        {.name = "groups",
         .op = "DeformConv",
         .attributes = {{"group", int64_t{2}},
                        {"offset_group", int64_t{2}},
                        {"strides", std::vector<int64_t>{2, 1}},
                        {"dilations", std::vector<int64_t>{1, 2}},
                        {"kernel_shape", std::vector<int64_t>{2, 2}}},
         .inputs = {ramp({2, 4, 5, 6}), ramp({2, 2, 2, 2}), ramp({2, 16, 2, 4}), {}, ramp({2, 8, 2, 4})}},
    };
}

namespace {

TEST(DeformConv, Cases) { checkCases(deformConvCases()); }

TEST(DeformConv, RefusesWhatDoesNotFit) {
    const auto refused = [](std::vector<std::optional<Tensor>> inputs, std::string_view text,
                            ir::Attributes attributes = {}) {
        expectRefused({.name = "d",
                       .op = "DeformConv",
                       .attributes = std::move(attributes),
                       .inputs = std::move(inputs)},
                      text);
    };
    const auto x = ramp({1, 2, 3, 3}), w = ramp({2, 2, 2, 2}), offset = ramp({1, 8, 2, 2});
    refused({x, w, ramp({1, 8, 2})}, "DeformConv \"d\": offset has 3 dimensions, expected 4");
    refused({x, w, ramp({1, 8, 3, 2})}, "offset 2 and 3 differ");
    refused({x, w, ramp({1, 6, 2, 2})}, "offset [1, 6, 2, 2] does not fit, expected [1, 8, 2, 2]");
    refused({x, w, offset, ramp({3})}, "bias has 3 items, expected 2");
    refused({x, w, offset, {}, ramp({1, 8, 2, 2})}, "mask [1, 8, 2, 2] does not fit, expected [1, 4, 2, 2]");
    refused({x, w, offset}, "2 channels do not divide into 3 offset groups", {{"offset_group", int64_t{3}}});
    refused({x, w, offset}, "attribute offset_group holds 0", {{"offset_group", int64_t{0}}});
    refused({ramp({1, 1, 1, 1, 1, 1, 1, 1, 1}), ramp({1, 1, 1, 1, 1, 1, 1, 1, 1}),
             ramp({1, 7, 1, 1, 1, 1, 1, 1, 1})},
            "has 7 spatial axes, expected at most 6");
}

}  // namespace
}  // namespace lathe::test
