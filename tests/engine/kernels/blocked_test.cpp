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

// Numbers that may be divided by.
Tensor positive(const Integers& shape, unsigned seed) {
    auto tensor = floatsOf(shape, seed);
    for (auto& value : tensor.mutableValues<float>()) value = value * value + 0.5f;
    return tensor;
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

const std::vector<std::pair<std::string, std::string>> kBinary = {
    {"Add", "binary_blocked_add"}, {"Max", "binary_blocked_max"}, {"Min", "binary_blocked_min"},
    {"Mul", "binary_blocked_mul"}, {"Sub", "binary_blocked_sub"}, {"Div", "binary_blocked_div"}};

TEST(BinaryBlocked, TwoTensors) {
    for (const auto& [op, kernel] : kBinary)
        for (const int64_t channels : {5, 24, 58, 64}) {
            if (op == "Div" && channels != 64) continue;
            const auto check = [&](const Integers& a, const Integers& b) {
                checkKernel({.kernel = kernel,
                             .op = op,
                             .inputs = {positive(a, 1), positive(b, 2)},
                             .tolerance = 1e-6,
                             .blocked = {0, 1},
                             .blockedOutputs = true});
            };
            check({2, channels, 7, 5}, {2, channels, 7, 5});
            check({2, channels, 7, 5}, {2, channels, 1, 1});
            check({2, channels, 1, 1}, {2, channels, 7, 5});
            check({2, channels, 7, 5}, {1, channels, 1, 1});
            check({1, channels, 64, 64}, {1, channels, 64, 64});
        }
}

TEST(BinaryBlocked, ConstantsAChannel) {
    for (const auto& [op, kernel] : kBinary)
        for (const int64_t channels : {5, 24, 64})
            for (const Integers& shape :
                 {Integers{}, Integers{1}, Integers{channels, 1, 1}, Integers{1, channels, 1, 1}})
                for (const size_t constant : {size_t{0}, size_t{1}}) {
                    if (op == "Div" && constant == 0 && channels != 64) continue;
                    std::vector<Tensor> inputs = {positive({2, channels, 6, 5}, 1), positive(shape, 2)};
                    if (constant == 0) std::swap(inputs[0], inputs[1]);
                    checkKernel({.kernel = kernel,
                                 .op = op,
                                 .inputs = inputs,
                                 .constants = {constant},
                                 .tolerance = 1e-6,
                                 .blocked = {1 - constant},
                                 .blockedOutputs = true});
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

TEST(BatchNormBlocked, KnownStatistics) {
    for (const int64_t channels : {5, 24, 64})
        checkKernel({.kernel = "batch_norm_blocked",
                     .op = "BatchNormalization",
                     .inputs = {floatsOf({2, channels, 6, 5}, 1), floatsOf({channels}, 2),
                                floatsOf({channels}, 3), floatsOf({channels}, 4), positive({channels}, 5)},
                     .constants = {1, 2, 3, 4},
                     .tolerance = 1e-6,
                     .blocked = {0},
                     .blockedOutputs = true});
}

// Whole blocks, parts of blocks, several parts in one block.
const std::vector<Integers> kParts = {{64, 64},  {64, 32, 7},        {58, 58},
                                      {24, 116}, {1, 2, 3, 5, 7, 1}, {116, 3}};

TEST(ChannelsBlocked, Concat) {
    for (const auto& parts : kParts) {
        std::vector<Tensor> inputs;
        std::vector<size_t> blocked;
        for (const auto part : parts) {
            blocked.push_back(inputs.size());
            inputs.push_back(floatsOf({2, part, 5, 7}, static_cast<unsigned>(inputs.size())));
        }
        checkKernel({.kernel = "channels_blocked",
                     .op = "Concat",
                     .attributes = {{"axis", int64_t{-3}}},
                     .inputs = inputs,
                     .tolerance = 0,
                     .blocked = blocked,
                     .blockedOutputs = true});
    }
}

TEST(ChannelsBlocked, ConcatWithConstants) {
    for (const auto& parts : {Integers{24, 8}, Integers{32, 32, 40}})
        for (const size_t constant : {size_t{0}, parts.size() - 1}) {
            std::vector<Tensor> inputs;
            std::vector<size_t> blocked;
            for (const auto part : parts) {
                if (inputs.size() != constant) blocked.push_back(inputs.size());
                inputs.push_back(floatsOf({2, part, 5, 7}, static_cast<unsigned>(inputs.size())));
            }
            checkKernel({.kernel = "channels_blocked",
                         .op = "Concat",
                         .attributes = {{"axis", int64_t{1}}},
                         .inputs = inputs,
                         .constants = {constant},
                         .tolerance = 0,
                         .blocked = blocked,
                         .blockedOutputs = true});
        }
}

TEST(ChannelsBlocked, Pad) {
    for (const Integers& pads : {Integers{8, 8}, Integers{0, 40}, Integers{33, 0}, Integers{-3, 5}})
        checkKernel({.kernel = "channels_blocked",
                     .op = "Pad",
                     .inputs = {floatsOf({2, 16, 5, 7}, 1),
                                Tensor::of<int64_t>({8}, {0, pads[0], 0, 0, 0, pads[1], 0, 0})},
                     .constants = {1},
                     .tolerance = 0,
                     .blocked = {0},
                     .blockedOutputs = true});
}

TEST(ChannelsBlocked, Split) {
    for (const auto& parts : kParts) {
        int64_t channels = 0;
        for (const auto part : parts) channels += part;
        checkKernel({.kernel = "channels_blocked",
                     .op = "Split",
                     .attributes = {{"axis", int64_t{1}}},
                     .inputs = {floatsOf({2, channels, 5, 7}, 1), Tensor::vector<int64_t>(parts)},
                     .constants = {1},
                     .tolerance = 0,
                     .outputs = parts.size(),
                     .blocked = {0},
                     .blockedOutputs = true});
    }
}

TEST(ChannelsBlocked, SliceWithSteps) {
    for (const Integers& range : {Integers{0, 58, 1}, Integers{58, 1000, 1}, Integers{-3, -1, 1},
                                  Integers{1, 100, 3}, Integers{-1, -1000, -1}, Integers{20, 3, -2}})
        checkKernel({.kernel = "channels_blocked",
                     .op = "Slice",
                     .inputs = {floatsOf({2, 116, 5, 7}, 1), Tensor::of<int64_t>({1}, {range[0]}),
                                Tensor::of<int64_t>({1}, {range[1]}), Tensor::of<int64_t>({1}, {1}),
                                Tensor::of<int64_t>({1}, {range[2]})},
                     .constants = {1, 2, 3, 4},
                     .tolerance = 0,
                     .blocked = {0},
                     .blockedOutputs = true});
}

TEST(ChannelsBlocked, Gather) {
    checkKernel({.kernel = "channels_blocked",
                 .op = "Gather",
                 .attributes = {{"axis", int64_t{1}}},
                 .inputs = {floatsOf({2, 40, 5, 7}, 1), Tensor::of<int64_t>({5}, {39, 0, -1, 17, 17})},
                 .constants = {1},
                 .tolerance = 0,
                 .blocked = {0},
                 .blockedOutputs = true});
}

TEST(PlacesBlocked, Pad) {
    const auto check = [](const std::string& mode, const Integers& pads, const Integers& axes) {
        std::vector<Tensor> inputs = {floatsOf({2, 24, 6, 7}, 1), Tensor::vector<int64_t>(pads),
                                      Tensor::scalar(0.5f)};
        if (!axes.empty()) inputs.push_back(Tensor::vector<int64_t>(axes));
        checkKernel({.kernel = "places_blocked",
                     .op = "Pad",
                     .attributes = {{"mode", mode}},
                     .inputs = inputs,
                     .constants = {1, 2, 3},
                     .tolerance = 0,
                     .blocked = {0},
                     .blockedOutputs = true});
    };
    for (const auto* mode : {"constant", "edge", "reflect"}) {
        check(mode, {0, 0, 1, 2, 0, 0, 3, 4}, {});
        check(mode, {0, 1, 1, 0}, {-2, 3});
        check(mode, {0, 0, -1, 2, 0, 0, 3, -2}, {});
    }
}

TEST(PlacesBlocked, Slice) {
    checkKernel({.kernel = "places_blocked",
                 .op = "Slice",
                 .inputs = {floatsOf({2, 24, 9, 7}, 1), Tensor::of<int64_t>({2}, {0, -1}),
                            Tensor::of<int64_t>({2}, {100, -100}), Tensor::of<int64_t>({2}, {2, -1}),
                            Tensor::of<int64_t>({2}, {2, -2})},
                 .constants = {1, 2, 3, 4},
                 .tolerance = 0,
                 .blocked = {0},
                 .blockedOutputs = true});
}

TEST(Channels, ShuffleOfSeveralInputs) {
    for (const int64_t groups : {1, 2, 3, 4})
        for (const auto& parts : {Integers{24, 48}, Integers{36}, Integers{60, 60, 12}})
            for (const bool blocked : {false, true})
                for (const bool splits : {false, true}) {
                    std::vector<Tensor> inputs;
                    std::vector<size_t> all;
                    int64_t channels = 0;
                    for (const auto part : parts) {
                        all.push_back(inputs.size());
                        inputs.push_back(floatsOf({2, part, 9, 5}, static_cast<unsigned>(inputs.size())));
                        channels += part;
                    }
                    checkKernel(
                        {.kernel = blocked ? "channels_blocked" : "channels",
                         .op = "ChannelShuffle",
                         .attributes = {{"group", groups}},
                         .inputs = inputs,
                         .tolerance = 0,
                         .domain = "lathe",
                         .blocked = blocked ? all : std::vector<size_t>{},
                         .blockedOutputs = blocked,
                         .parts = splits ? Integers{channels / 3, channels - channels / 3} : Integers{}});
                }
}

}  // namespace
}  // namespace lathe::test
