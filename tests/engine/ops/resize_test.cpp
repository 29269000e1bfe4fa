#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> resizeCases() {
    return {
        {.name = "nearest_twice",
         .op = "Resize",
         .inputs = {Tensor::of<float>({1, 1, 1, 2}, {1, 2}), std::nullopt,
                    Tensor::of<float>({4}, {1, 1, 1, 2})},
         .expected = {Tensor::of<float>({1, 1, 1, 4}, {1, 1, 2, 2})},
         .constantInputs = {2}},
        {.name = "linear_corners",
         .op = "Resize",
         .attributes = {{"coordinate_transformation_mode", std::string("align_corners")},
                        {"mode", std::string("linear")}},
         .inputs = {Tensor::of<float>({1, 1, 1, 2}, {0, 2}), std::nullopt, std::nullopt,
                    Tensor::of<int64_t>({4}, {1, 1, 1, 3})},
         .expected = {Tensor::of<float>({1, 1, 1, 3}, {0, 1, 2})},
         .tolerance = 1e-06,
         .constantInputs = {3}},
        {.name = "linear_half_pixel",
         .op = "Resize",
         .attributes = {{"axes", std::vector<int64_t>{2, 3}}, {"mode", std::string("linear")}},
         .inputs = {Tensor::of<float>({1, 1, 1, 2}, {0, 4}), std::nullopt, Tensor::of<float>({2}, {1, 2})},
         .expected = {Tensor::of<float>({1, 1, 1, 4}, {0, 1, 3, 4})},
         .tolerance = 1e-06,
         .constantInputs = {2}},
        {.name = "crop",
         .op = "Resize",
         .attributes = {{"axes", std::vector<int64_t>{3}},
                        {"coordinate_transformation_mode", std::string("tf_crop_and_resize")},
                        {"extrapolation_value", 9.0f},
                        {"mode", std::string("linear")}},
         .inputs = {Tensor::of<float>({1, 1, 1, 2}, {1, 3}), Tensor::of<float>({2}, {0.5f, 1.5f}),
                    std::nullopt, Tensor::of<int64_t>({1}, {2})},
         .expected = {Tensor::of<float>({1, 1, 1, 2}, {2, 9})},
         .tolerance = 1e-06,
         .constantInputs = {1, 3}},
        {.name = "cubic_antialias",
         .op = "Resize",
         .attributes = {{"antialias", int64_t{1}}, {"mode", std::string("cubic")}},
         .inputs = {ramp({1, 2, 9, 7}), std::nullopt, Tensor::of<float>({4}, {1, 1, 0.5f, 0.6f})},
         .constantInputs = {2}},
        // Twice as wide: every element twice; half as wide: of each pair the left one.
        {.name = "bools",
         .op = "Resize",
         .inputs = {Tensor::of<bool>({1, 2}, {true, false}), std::nullopt, Tensor::of<float>({2}, {1, 2})},
         .expected = {Tensor::of<bool>({1, 4}, {true, true, false, false})},
         .constantInputs = {2}},
        {.name = "texts",
         .op = "Resize",
         .attributes = {{"coordinate_transformation_mode", std::string("asymmetric")},
                        {"nearest_mode", std::string("floor")}},
         .inputs = {Tensor::of<std::string>({4}, {"a", "b", "c", "d"}), std::nullopt,
                    Tensor::of<float>({1}, {0.5f})},
         .expected = {Tensor::of<std::string>({2}, {"a", "c"})},
         .constantInputs = {2}},
        {.name = "kept_in_proportion",
         .op = "Resize",
         .attributes = {{"axes", std::vector<int64_t>{2, 3}},
                        {"keep_aspect_ratio_policy", std::string("not_larger")}},
         .inputs = {ramp({1, 2, 9, 6}), std::nullopt, std::nullopt, Tensor::of<int64_t>({2}, {6, 6})},
         .constantInputs = {3}},
    };
}

namespace {

TEST(Resize, Cases) { checkCases(resizeCases()); }

TEST(Resize, RefusesNoSizes) {
    const OpCase opCase{.name = "r", .op = "Resize", .inputs = {ramp({1, 1, 2, 2})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("has neither scales nor sizes"));
}

TEST(Resize, RefusesToMixBools) {
    using tensor::Tensor;
    const OpCase opCase{
        .name = "r",
        .op = "Resize",
        .attributes = {{"mode", std::string("linear")}},
        .inputs = {Tensor::of<bool>({2}, {true, false}), std::nullopt, Tensor::of<float>({1}, {2})},
        .constantInputs = {2}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("mode linear cannot mix elements of type bool, only nearest can"));
}

TEST(Resize, RefusesShortScales) {
    const OpCase opCase{.name = "r",
                        .op = "Resize",
                        .inputs = {ramp({1, 1, 2, 2}), std::nullopt, Tensor::of<float>({2}, {1, 2})},
                        .constantInputs = {2}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("scales has 2 items, expected 4"));
}

}  // namespace
}  // namespace lathe::test
