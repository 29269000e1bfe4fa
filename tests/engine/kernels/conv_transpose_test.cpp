// Transposed convolution against the plain evaluation.
#include <gtest/gtest.h>

#include "tests/support/kernel_check.h"

namespace lathe::test {
namespace {

using Integers = std::vector<int64_t>;

struct TransposedCase {
    Integers input, weight;
    ir::Attributes attributes = {};
    bool bias = true;
};

void check(const TransposedCase& c) {
    const int64_t channels = c.weight[1] * c.attributes.integer("group", 1);
    std::vector<tensor::Tensor> inputs = {randomFloats(tensor::Dimensions(c.input), 1),
                                          randomFloats(tensor::Dimensions(c.weight), 2)};
    if (c.bias) inputs.push_back(randomFloats({channels}, 3));
    checkKernel({.kernel = "conv_transpose",
                 .op = "ConvTranspose",
                 .attributes = c.attributes,
                 .inputs = inputs,
                 .constants = {1}});
}

TEST(ConvTranspose, WindowsOfAllKinds) {
    for (const int64_t stride : {1, 2, 3})
        for (const int64_t dilation : {1, 2})
            for (const Integers& pads : {Integers{0, 0, 0, 0}, Integers{1, 0, 1, 2}, Integers{2, 3, 1, 1}})
                for (const bool bias : {false, true})
                    check({.input = {2, 5, 6, 7},
                           .weight = {5, 3, 3, 2},
                           .attributes = {{"strides", Integers{stride, stride}},
                                          {"dilations", Integers{dilation, dilation}},
                                          {"pads", pads},
                                          {"output_padding", Integers{stride - 1, 0}}},
                           .bias = bias});
}

TEST(ConvTranspose, SizesThatFixThePads) {
    for (const std::string mode : {"SAME_UPPER", "SAME_LOWER", "VALID"})
        check({.input = {1, 4, 5, 6},
               .weight = {4, 7, 3, 3},
               .attributes = {{"strides", Integers{2, 2}}, {"auto_pad", mode}}});
    check({.input = {1, 4, 5, 6},
           .weight = {4, 7, 3, 3},
           .attributes = {{"strides", Integers{3, 2}}, {"output_shape", Integers{14, 12}}}});
}

TEST(ConvTranspose, Groups) {
    check({.input = {2, 12, 5, 6},
           .weight = {12, 3, 2, 2},
           .attributes = {{"group", int64_t{4}}, {"strides", Integers{2, 2}}}});
    check(
        {.input = {1, 9, 7, 5},
         .weight = {9, 1, 4, 4},
         .attributes = {{"group", int64_t{9}}, {"strides", Integers{2, 2}}, {"pads", Integers{1, 1, 1, 1}}}});
}

TEST(ConvTranspose, OneDimension) {
    check({.input = {2, 6, 31},
           .weight = {6, 4, 5},
           .attributes = {{"strides", Integers{3}}, {"pads", Integers{2, 1}}}});
}

// Several parts of the input, one after the other.
TEST(ConvTranspose, LargePlanes) {
    check({.input = {1, 24, 80, 90}, .weight = {24, 20, 2, 2}, .attributes = {{"strides", Integers{2, 2}}}});
    check({.input = {1, 24, 80, 90},
           .weight = {24, 12, 4, 4},
           .attributes = {{"strides", Integers{2, 2}}, {"pads", Integers{1, 1, 1, 1}}}});
    check({.input = {1, 400, 9, 9}, .weight = {400, 33, 3, 3}});
}

}  // namespace
}  // namespace lathe::test
