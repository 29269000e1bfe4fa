// The convolutions on blocked channels, and the way there, against the plain evaluation.
#include <gtest/gtest.h>

#include <limits>

#include "tests/support/conv_case.h"

namespace lathe::test {
namespace {

using Integers = std::vector<int64_t>;

void check(const ConvCase& c, const std::string& kernel) { checkConv(c, kernel, true); }

TEST(ConvBlocked, Pointwise) {
    for (const int64_t channels : {3, 5, 24, 58})
        for (const int64_t width : {7, 13, 55})
            check({.x = {1, channels, 3, width}, .w = {channels + 16, channels, 1, 1}}, "conv_blocked");
    check({.x = {2, 58, 7, 7}, .w = {58, 58, 1, 1}, .bias = false}, "conv_blocked");
    check({.x = {2, 24, 9, 11}, .w = {33, 24, 1, 1}, .strides = {2, 2}}, "conv_blocked");
    check({.x = {3, 40, 1, 1}, .w = {10, 40, 1, 1}}, "conv_blocked");
}

TEST(ConvBlocked, WindowsOfAllKinds) {
    for (const int64_t width : {7, 13, 55})
        check({.x = {1, 24, 6, width}, .w = {12, 24, 3, 3}, .pads = {1, 1, 1, 1}}, "conv_blocked");
    check({.x = {2, 5, 13, 9}, .w = {7, 5, 3, 3}, .strides = {2, 2}, .pads = {1, 0, 0, 1}}, "conv_blocked");
    check({.x = {1, 40, 12, 10}, .w = {6, 40, 3, 2}, .strides = {1, 3}, .dilations = {2, 3}}, "conv_blocked");
    check({.x = {1, 20, 9, 9}, .w = {58, 20, 3, 3}, .pads = {2, 2, 2, 2}, .dilations = {2, 2}},
          "conv_blocked");
    check({.x = {1, 16, 6, 5}, .w = {3, 16, 5, 5}, .pads = {4, 4, 4, 4}}, "conv_blocked");
    check({.x = {1, 24, 8, 8}, .w = {8, 24, 7, 1}, .pads = {3, 0, 3, 0}}, "conv_blocked");
    check({.x = {1, 64, 7, 6}, .w = {96, 32, 3, 3}, .pads = {1, 1, 1, 1}, .group = 2}, "conv_blocked");
    for (const auto* mode : {"SAME_UPPER", "SAME_LOWER", "VALID"})
        check({.x = {1, 33, 10, 7}, .w = {4, 33, 3, 4}, .strides = {2, 2}, .autoPad = mode}, "conv_blocked");
}

TEST(ConvBlocked, FirstLayerFromPlainChannels) {
    check({.x = {2, 3, 21, 23},
           .w = {24, 3, 3, 3},
           .strides = {2, 2},
           .pads = {1, 1, 1, 1},
           .plainInput = true},
          "conv_blocked");
    check({.x = {1, 3, 40, 37},
           .w = {64, 3, 7, 7},
           .strides = {2, 2},
           .pads = {3, 3, 3, 3},
           .plainInput = true},
          "conv_blocked");
    check({.x = {1, 1, 9, 9}, .w = {5, 1, 1, 1}, .plainInput = true}, "conv_blocked");
}

TEST(ConvBlocked, ResidualClampAndFunction) {
    check({.x = {2, 24, 7, 7}, .w = {58, 24, 1, 1}, .residual = {2, 58, 7, 7}}, "conv_blocked");
    check({.x = {1, 24, 7, 13},
           .w = {12, 24, 3, 3},
           .pads = {1, 1, 1, 1},
           .residual = {1, 12, 7, 13},
           .clamp = {0, std::numeric_limits<float>::infinity()}},
          "conv_blocked");
    check({.x = {1, 24, 7, 13}, .w = {20, 24, 1, 1}, .clamp = {-1, 2}}, "conv_blocked");
    for (const auto* function : {"gelu", "gelu_tanh", "hard_swish", "sigmoid", "silu", "tanh"})
        check({.x = {1, 24, 7, 13}, .w = {12, 24, 3, 3}, .function = function}, "conv_blocked");
    check({.x = {1, 24, 5, 5}, .w = {20, 24, 1, 1}, .residual = {1, 20, 5, 5}, .function = "silu"},
          "conv_blocked");
}

// Many places: tiles of 4 x 4; many weights: of 2 x 2. Sizes that no tile fits, pads on all sides.
TEST(ConvBlockedWinograd, TilesOfBothSizes) {
    for (const int64_t width : {20, 21, 22, 23})
        check({.x = {1, 64, 19, width}, .w = {64, 64, 3, 3}, .pads = {1, 1, 1, 1}}, "conv_blocked_winograd");
    check({.x = {2, 70, 22, 20}, .w = {58, 70, 3, 3}, .pads = {0, 2, 1, 0}}, "conv_blocked_winograd");
    check({.x = {1, 128, 10, 11}, .w = {128, 128, 3, 3}, .pads = {1, 1, 1, 1}}, "conv_blocked_winograd");
}

TEST(ConvBlockedWinograd, ResidualClampAndFunction) {
    check({.x = {1, 64, 21, 18},
           .w = {58, 64, 3, 3},
           .pads = {1, 1, 1, 1},
           .residual = {1, 58, 21, 18},
           .clamp = {-20, std::numeric_limits<float>::infinity()}},
          "conv_blocked_winograd");
    check({.x = {1, 64, 20, 20}, .w = {64, 64, 3, 3}, .bias = false, .function = "silu"},
          "conv_blocked_winograd");
}

TEST(ConvBlockedDepthwise, WindowsOfAllKinds) {
    for (const int64_t stride : {1, 2, 3})
        for (const int64_t size : {3, 5, 7, 4})
            check({.x = {2, 24, 13, 11},
                   .w = {24, 1, size, size},
                   .strides = {stride, stride},
                   .pads = {1, 2, 2, 1},
                   .group = 24},
                  "conv_blocked_depthwise");
    check({.x = {1, 3, 12, 12}, .w = {3, 1, 3, 3}, .pads = {2, 2, 2, 2}, .dilations = {2, 2}, .group = 3},
          "conv_blocked_depthwise");
    check({.x = {1, 40, 7, 6}, .w = {40, 1, 3, 3}, .strides = {2, 2}, .group = 40, .autoPad = "SAME_UPPER"},
          "conv_blocked_depthwise");
    check({.x = {1, 20, 9, 8}, .w = {20, 1, 3, 5}, .strides = {1, 2}, .pads = {1, 2, 1, 2}, .group = 20},
          "conv_blocked_depthwise");
    check({.x = {1, 20, 2, 3}, .w = {20, 1, 5, 5}, .pads = {4, 4, 4, 4}, .group = 20},
          "conv_blocked_depthwise");
}

TEST(ConvBlockedDepthwise, EveryWidth) {
    for (int64_t width = 1; width < 32; ++width)
        for (const int64_t stride : {1, 2}) {
            check({.x = {1, 17, 5, width},
                   .w = {17, 1, 3, 3},
                   .strides = {stride, stride},
                   .pads = {1, 1, 1, 1},
                   .group = 17},
                  "conv_blocked_depthwise");
            check({.x = {1, 5, 6, width},
                   .w = {5, 1, 5, 5},
                   .strides = {stride, stride},
                   .pads = {2, 2, 2, 2},
                   .group = 5},
                  "conv_blocked_depthwise");
        }
    for (const int64_t width : {56, 112})
        check({.x = {1, 32, width, width}, .w = {32, 1, 3, 3}, .pads = {1, 1, 1, 1}, .group = 32},
              "conv_blocked_depthwise");
}

TEST(ConvBlockedDepthwise, ClampAndFunction) {
    check({.x = {1, 24, 9, 9},
           .w = {24, 1, 3, 3},
           .pads = {1, 1, 1, 1},
           .group = 24,
           .bias = false,
           .clamp = {0, 6}},
          "conv_blocked_depthwise");
    for (const auto* function : {"hard_swish", "silu"})
        for (const int64_t size : {3, 4})
            check({.x = {1, 24, 9, 10},
                   .w = {24, 1, size, size},
                   .pads = {2, 2, 2, 2},
                   .group = 24,
                   .function = function},
                  "conv_blocked_depthwise");
}

TEST(Reorder, BothWays) {
    for (const Integers& shape :
         {Integers{1, 3, 5, 7}, Integers{2, 24, 13, 55}, Integers{1, 58, 1, 1}, Integers{3, 64, 9, 9}}) {
        checkKernel({.kernel = "reorder",
                     .op = "Reorder",
                     .inputs = {randomFloats(tensor::Dimensions(shape), 1)},
                     .tolerance = 0,
                     .domain = "lathe",
                     .blockedOutputs = true});
        checkKernel({.kernel = "reorder",
                     .op = "Reorder",
                     .inputs = {randomFloats(tensor::Dimensions(shape), 2)},
                     .tolerance = 0,
                     .domain = "lathe",
                     .blocked = {0}});
    }
}

}  // namespace
}  // namespace lathe::test
