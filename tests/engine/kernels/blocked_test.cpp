// What lies between convolutions on blocked channels, against the plain evaluation.
#include <gtest/gtest.h>

#include "tests/support/kernel_check.h"

namespace lathe::test {
namespace {

using Integers = std::vector<int64_t>;
using tensor::Tensor;

Tensor floatsOf(const Integers& shape, unsigned seed) {
    return randomFloats(tensor::Dimensions(shape), seed);
}

TEST(PoolBlocked, WindowsOfAllKinds) {
    const std::vector<ir::Attributes> windows = {
        {{"kernel_shape", Integers{3, 3}}, {"strides", Integers{2, 2}}, {"pads", Integers{1, 1, 1, 1}}},
        {{"kernel_shape", Integers{3, 3}}, {"strides", Integers{2, 2}}, {"ceil_mode", int64_t{1}}},
        {{"kernel_shape", Integers{2, 2}}, {"strides", Integers{2, 2}}},
        {{"kernel_shape", Integers{3, 3}}, {"pads", Integers{1, 1, 1, 1}}},
        {{"kernel_shape", Integers{2, 3}}, {"dilations", Integers{2, 3}}, {"pads", Integers{1, 0, 0, 2}}},
        {{"kernel_shape", Integers{5, 5}},
         {"strides", Integers{2, 2}},
         {"auto_pad", std::string("SAME_UPPER")}},
        {{"kernel_shape", Integers{3, 3}},
         {"strides", Integers{2, 2}},
         {"pads", Integers{1, 1, 1, 1}},
         {"ceil_mode", int64_t{1}}}};
    for (const Integers& shape : {Integers{1, 5, 13, 11}, Integers{2, 24, 12, 14}, Integers{1, 64, 7, 7}})
        for (auto attributes : windows) {
            checkKernel({.kernel = "pool_blocked_max",
                         .op = "MaxPool",
                         .attributes = attributes,
                         .inputs = {floatsOf(shape, 1)},
                         .tolerance = 0,
                         .blocked = {0},
                         .blockedOutputs = true});
            for (const int64_t withPads : {0, 1}) {
                attributes.set("count_include_pad", withPads);
                checkKernel({.kernel = "pool_blocked_average",
                             .op = "AveragePool",
                             .attributes = attributes,
                             .inputs = {floatsOf(shape, 1)},
                             .tolerance = 1e-6,
                             .blocked = {0},
                             .blockedOutputs = true});
            }
        }
}

TEST(PoolBlocked, MeansOfPlanes) {
    for (const Integers& shape : {Integers{1, 3, 1, 1}, Integers{2, 24, 7, 7}, Integers{1, 58, 112, 112}}) {
        checkKernel({.kernel = "pool_blocked_mean",
                     .op = "GlobalAveragePool",
                     .inputs = {floatsOf(shape, 1)},
                     .tolerance = 1e-6,
                     .blocked = {0},
                     .blockedOutputs = true});
        for (const int64_t keep : {0, 1})
            checkKernel({.kernel = "pool_blocked_mean",
                         .op = "ReduceMean",
                         .attributes = {{"keepdims", keep}},
                         .inputs = {floatsOf(shape, 1), Tensor::of<int64_t>({2}, {-1, 2})},
                         .constants = {1},
                         .tolerance = 1e-6,
                         .blocked = {0},
                         .blockedOutputs = keep == 1});
    }
}

TEST(UnaryBlocked, FunctionsOfOneTensor) {
    for (const auto& [op, kernel] : std::vector<std::pair<std::string, std::string>>{
             {"Relu", "unary_relu"}, {"Sigmoid", "unary_sigmoid"}, {"HardSwish", "unary_hard_swish"}})
        checkKernel({.kernel = kernel,
                     .op = op,
                     .inputs = {floatsOf({2, 24, 5, 7}, 1)},
                     .tolerance = 2e-6,
                     .blocked = {0},
                     .blockedOutputs = true});
}

}  // namespace
}  // namespace lathe::test
