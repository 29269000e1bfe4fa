// Resize, plain and on blocked channels, against the plain evaluation.
#include <gtest/gtest.h>

#include <limits>

#include "tests/support/kernel_check.h"

namespace lathe::test {
namespace {

using Integers = std::vector<int64_t>;
using Reals = std::vector<float>;
using tensor::Tensor;

const std::vector<std::string> kCoordinates = {"half_pixel",    "half_pixel_symmetric", "pytorch_half_pixel",
                                               "align_corners", "asymmetric",           "tf_crop_and_resize"};
// Up, down, both, by fractions, to one element, as it is.
const std::vector<Reals> kScales = {{2, 2},       {0.5f, 0.5f}, {3, 0.4f}, {0.3f, 2.5f},
                                    {1.7f, 1.3f}, {0.12f, 1},   {1, 1}};

Tensor reals(const Reals& values) { return Tensor::vector<float>(values); }

struct ResizeCase {
    Integers shape;
    Reals scales = {};    // of the last axes
    Integers sizes = {};  // instead of scales
    ir::Attributes attributes = {};
    bool blocked = false;
    std::string kernel = {};
};

// Along the last axes; a region that reaches over the border on every side.
void check(const ResizeCase& c) {
    const size_t count = c.sizes.empty() ? c.scales.size() : c.sizes.size();
    auto attributes = c.attributes;
    Integers axes;
    Reals roi(count, -0.2f);
    for (size_t i = 0; i < count; ++i) {
        axes.push_back(static_cast<int64_t>(i) - static_cast<int64_t>(count));
        roi.push_back(1.3f);
    }
    attributes.set("axes", axes);
    const bool crop = attributes.text("coordinate_transformation_mode", "") == "tf_crop_and_resize";
    const auto kernel = c.kernel.empty() ? c.blocked ? "resize_blocked" : "resize" : c.kernel;
    checkKernel({.kernel = kernel,
                 .op = "Resize",
                 .attributes = attributes,
                 .inputs = {randomFloats(tensor::Dimensions(c.shape), 1), crop ? reals(roi) : Tensor(),
                            c.sizes.empty() ? reals(c.scales) : Tensor(),
                            c.sizes.empty() ? Tensor() : Tensor::vector<int64_t>(c.sizes)},
                 .constants = {1, 2, 3},
                 .tolerance = kernel == "places_blocked" || kernel == "resize_nearest" ? 0 : 2e-6,
                 .blocked = c.blocked ? std::vector<size_t>{0} : std::vector<size_t>{},
                 .blockedOutputs = c.blocked});
}

TEST(Resize, AllModesUpwardsOrDownwards) {
    for (const bool blocked : {false, true})
        for (const std::string mode : {"linear", "cubic"})
            for (const auto& coordinates : kCoordinates)
                for (const auto& scales : kScales)
                    for (const int64_t antialias : {0, 1})
                        check({.shape = {2, 21, 9, 14},
                               .scales = scales,
                               .attributes = {{"mode", mode},
                                              {"coordinate_transformation_mode", coordinates},
                                              {"antialias", antialias},
                                              {"extrapolation_value", 10.5f}},
                               .blocked = blocked});
}

TEST(Resize, CubicWithoutWhatLiesOutside) {
    for (const bool blocked : {false, true})
        for (const std::string mode : {"linear", "cubic"})
            for (const auto& scales : kScales)
                check({.shape = {1, 16, 9, 5},
                       .scales = scales,
                       .attributes = {{"mode", mode},
                                      {"exclude_outside", int64_t{1}},
                                      {"antialias", int64_t{scales[0] < 1}},
                                      {"cubic_coeff_a", -0.5f}},
                       .blocked = blocked});
}

TEST(Resize, SizesAndProportions) {
    for (const bool blocked : {false, true})
        for (const std::string policy : {"stretch", "not_larger", "not_smaller"})
            for (const Integers& sizes : {Integers{20, 11}, Integers{4, 30}, Integers{1, 1}})
                check({.shape = {1, 24, 10, 13},
                       .sizes = sizes,
                       .attributes = {{"mode", std::string("linear")}, {"keep_aspect_ratio_policy", policy}},
                       .blocked = blocked});
}

TEST(Resize, AxesOfAnyKind) {
    const ir::Attributes linear = {{"mode", std::string("linear")}};
    check({.shape = {37}, .scales = {2.3f}, .attributes = linear});
    check({.shape = {5, 40}, .scales = {0.6f}, .attributes = linear});
    check({.shape = {3, 4, 9, 8, 7}, .scales = {2, 1.5f, 0.7f}, .attributes = linear});
    check({.shape = {2, 6, 5, 9, 8}, .scales = {1.5f, 2, 3, 0.5f}, .attributes = linear});
    check({.shape = {2, 9, 8, 5}, .scales = {2, 3, 1}, .attributes = linear});  // channels last
    check({.shape = {2, 9, 8, 24}, .scales = {2, 3, 1}, .attributes = linear});
    check({.shape = {2, 9, 8, 5}, .scales = {2, 1, 2}, .attributes = linear});
    check({.shape = {4, 5, 6}, .scales = {2, 1, 1}, .attributes = linear});
}

// Several bands of rows and several segments of turned columns.
TEST(Resize, LargePlanes) {
    for (const std::string mode : {"linear", "cubic"}) {
        const ir::Attributes attributes = {{"mode", mode}};
        check({.shape = {1, 3, 150, 170}, .scales = {2.5f, 2.1f}, .attributes = attributes});
        check({.shape = {1, 2, 400, 610}, .scales = {0.45f, 0.3f}, .attributes = attributes});
        check({.shape = {1, 33, 80, 90}, .scales = {2, 2}, .attributes = attributes, .blocked = true});
        check(
            {.shape = {1, 20, 200, 180}, .scales = {0.5f, 0.4f}, .attributes = attributes, .blocked = true});
    }
}

// What is not read must not be multiplied by nothing.
TEST(Resize, InfinityStaysWhereItIs) {
    auto x = randomFloats({1, 16, 5, 5}, 1);
    x.mutableValues<float>()[12] = std::numeric_limits<float>::infinity();
    for (const bool blocked : {false, true})
        checkKernel({.kernel = blocked ? "resize_blocked" : "resize",
                     .op = "Resize",
                     .attributes = {{"mode", std::string("linear")},
                                    {"coordinate_transformation_mode", std::string("align_corners")}},
                     .inputs = {x, Tensor(), Tensor(), Tensor::of<int64_t>({4}, {1, 16, 9, 9})},
                     .constants = {3},
                     .blocked = blocked ? std::vector<size_t>{0} : std::vector<size_t>{},
                     .blockedOutputs = blocked});
}

TEST(ResizeNearest, AllModes) {
    for (const bool blocked : {false, true})
        for (const auto& coordinates : kCoordinates)
            for (const std::string rounding : {"round_prefer_floor", "round_prefer_ceil", "floor", "ceil"})
                for (const auto& scales : kScales) {
                    const bool crop = coordinates == "tf_crop_and_resize";
                    check({.shape = {2, 21, 9, 14},
                           .scales = scales,
                           .attributes = {{"nearest_mode", rounding},
                                          {"coordinate_transformation_mode", coordinates},
                                          {"extrapolation_value", 10.5f}},
                           .blocked = blocked,
                           .kernel = blocked ? "places_blocked"
                                     : crop  ? "resize"
                                             : "resize_nearest"});
                }
}

TEST(ResizeNearest, ElementsOfAllSizes) {
    const auto x = randomFloats({2, 5, 6, 7}, 1);
    const auto as = [&]<typename T>(T) {
        std::vector<T> values;
        for (const float value : x.values<float>()) values.push_back(static_cast<T>(value * 20));
        return Tensor::of<T>(x.shape(), std::span<const T>(values));
    };
    for (const auto& given : {as(int8_t{}), as(int16_t{}), as(int32_t{}), as(int64_t{}), as(double{})})
        for (const Reals& scales : {Reals{1, 1, 2, 2.5f}, Reals{1, 2, 0.5f, 1}, Reals{2, 1, 1, 1}})
            checkKernel({.kernel = "resize_nearest",
                         .op = "Resize",
                         .inputs = {given, Tensor(), reals(scales)},
                         .constants = {2},
                         .tolerance = 0});
    checkKernel({.kernel = "places_blocked",
                 .op = "Resize",
                 .inputs = {as(int8_t{}), Tensor(), reals({1, 1, 2, 1.5f})},
                 .constants = {2},
                 .tolerance = 0,
                 .blocked = {0},
                 .blockedOutputs = true});
}

}  // namespace
}  // namespace lathe::test
