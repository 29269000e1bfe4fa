// The float convolution kernels against the plain evaluation.
#include <gtest/gtest.h>

#include "tests/support/conv_case.h"

namespace lathe::test {
namespace {

void check(const ConvCase& c, const std::string& kernel) { checkConv(c, kernel, false); }

TEST(ConvGemm, Pointwise) {
    check({.x = {1, 3, 5, 7}, .w = {2, 3, 1, 1}}, "conv_gemm");
    check({.x = {2, 17, 9, 11}, .w = {25, 17, 1, 1}, .bias = false}, "conv_gemm");
    check({.x = {1, 400, 6, 6}, .w = {13, 400, 1, 1}}, "conv_gemm");
    check({.x = {3, 8, 1, 1}, .w = {5, 8, 1, 1}}, "conv_gemm");
}

TEST(ConvGemm, WindowsOfAllKinds) {
    check({.x = {1, 3, 8, 8}, .w = {4, 3, 3, 3}, .pads = {1, 1, 1, 1}}, "conv_gemm");
    check({.x = {2, 5, 13, 9}, .w = {7, 5, 3, 3}, .strides = {2, 2}, .pads = {1, 0, 0, 1}}, "conv_gemm");
    check({.x = {1, 4, 12, 10}, .w = {6, 4, 3, 2}, .strides = {1, 3}, .dilations = {2, 3}}, "conv_gemm");
    check({.x = {1, 2, 6, 5}, .w = {3, 2, 5, 5}, .pads = {4, 4, 4, 4}}, "conv_gemm");
    check({.x = {1, 70, 11, 11}, .w = {40, 70, 3, 3}, .pads = {1, 1, 1, 1}}, "conv_gemm");
    check({.x = {1, 3, 40, 37}, .w = {16, 3, 7, 7}, .strides = {2, 2}, .pads = {3, 3, 3, 3}}, "conv_gemm");
    check({.x = {1, 6, 9, 9}, .w = {8, 3, 3, 3}, .pads = {1, 1, 1, 1}, .group = 2}, "conv_gemm");
    check({.x = {2, 6, 4, 4}, .w = {9, 2, 4, 4}, .group = 3}, "conv_gemm");
    check({.x = {2, 4, 19}, .w = {3, 4, 5}, .strides = {2}, .pads = {2, 1}}, "conv_gemm");
    for (const auto* mode : {"SAME_UPPER", "SAME_LOWER", "VALID"})
        check({.x = {1, 3, 10, 7}, .w = {4, 3, 3, 4}, .strides = {2, 2}, .autoPad = mode}, "conv_gemm");
}

TEST(ConvDepthwise, WindowsOfAllKinds) {
    for (const int64_t stride : {1, 2, 3})
        for (const int64_t size : {3, 5, 4})
            check({.x = {2, 5, 13, 11},
                   .w = {5, 1, size, size},
                   .strides = {stride, stride},
                   .pads = {1, 2, 2, 1},
                   .group = 5},
                  "conv_depthwise");
    check({.x = {1, 4, 9, 9}, .w = {8, 1, 3, 3}, .group = 4, .bias = false}, "conv_depthwise");
    check({.x = {1, 3, 12, 12}, .w = {3, 1, 3, 3}, .pads = {2, 2, 2, 2}, .dilations = {2, 2}, .group = 3},
          "conv_depthwise");
    check({.x = {1, 40, 7, 6}, .w = {40, 1, 3, 3}, .strides = {2, 2}, .group = 40, .autoPad = "SAME_UPPER"},
          "conv_depthwise");
    check({.x = {1, 4, 16}, .w = {4, 1, 3}, .pads = {1, 1}, .group = 4}, "conv_depthwise");
}

}  // namespace
}  // namespace lathe::test
