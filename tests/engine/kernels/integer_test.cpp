// The integer kernels against the plain evaluation: equal to the last code.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

#include "tests/support/kernel_check.h"

namespace lathe::test {
namespace {

using Integers = std::vector<int64_t>;
using tensor::Tensor;

template <typename T>
Tensor randomCodes(const Integers& shape, unsigned seed, int lowest = std::numeric_limits<T>::min(),
                   int highest = std::numeric_limits<T>::max()) {
    auto tensor = Tensor::zeros(tensor::dataTypeOf<T>(), tensor::Dimensions(shape));
    std::mt19937 random(seed);
    for (auto& value : tensor.template mutableValues<T>())
        value =
            static_cast<T>(lowest + static_cast<int>(random() % static_cast<unsigned>(highest - lowest + 1)));
    return tensor;
}

Tensor channelScales(int64_t count) {
    std::vector<float> values;
    for (int64_t i = 0; i < count; ++i) values.push_back(0.002f + 0.0007f * static_cast<float>(i % 11));
    return Tensor::of<float>(tensor::Dimensions(&count, 1), std::span<const float>(values));
}

template <typename X, typename W>
void checkConv(const Integers& x, const Integers& w, ir::Attributes attributes, bool perChannel) {
    const Integers channels = {w[0]};
    const Tensor wZero = perChannel ? randomCodes<W>(channels, 7, 0, 5) : Tensor::scalar<W>(3);
    checkKernel(
        {.kernel = "conv_integer",
         .op = "QLinearConv",
         .attributes = std::move(attributes),
         .inputs = {randomCodes<X>(x, 1), Tensor::scalar(0.017f), Tensor::scalar<X>(11), randomCodes<W>(w, 2),
                    perChannel ? channelScales(w[0]) : Tensor::scalar(0.004f), wZero, Tensor::scalar(0.093f),
                    Tensor::scalar<X>(20), randomCodes<int32_t>(channels, 3, -3000, 3000)},
         .constants = {1, 2, 3, 4, 5, 6, 7, 8},
         .tolerance = 0});
}

TEST(ConvInteger, EqualsThePlainEvaluation) {
    for (const bool perChannel : {false, true}) {
        checkConv<uint8_t, int8_t>({1, 3, 9, 11}, {5, 3, 3, 3}, {{"pads", Integers{1, 1, 1, 1}}}, perChannel);
        checkConv<int8_t, int8_t>({2, 16, 7, 7}, {33, 16, 1, 1}, {}, perChannel);
        checkConv<uint8_t, uint8_t>({1, 7, 12, 10}, {14, 7, 3, 2},
                                    {{"strides", Integers{2, 3}}, {"dilations", Integers{2, 1}}}, perChannel);
        checkConv<int8_t, int8_t>({1, 8, 9, 9}, {6, 4, 3, 3},
                                  {{"group", int64_t{2}}, {"pads", Integers{2, 0, 1, 1}}}, perChannel);
        checkConv<uint8_t, int8_t>(
            {2, 10, 9, 8}, {10, 1, 3, 3},
            {{"group", int64_t{10}}, {"strides", Integers{2, 2}}, {"pads", Integers{1, 1, 1, 1}}},
            perChannel);
        checkConv<int8_t, int8_t>({1, 64, 20, 20}, {40, 64, 3, 3}, {{"pads", Integers{1, 1, 1, 1}}},
                                  perChannel);
    }
}

// Weights without zero point, or unsigned ones round 128.
template <typename X, typename W>
void checkBlocked(const std::string& kernel, const Integers& x, const Integers& w,
                  ir::Attributes attributes = {}) {
    const Integers channels = {w[0]};
    const int wZero = std::is_signed_v<W> ? 0 : 128;
    const bool plain = x[1] <= 4 && w[1] == x[1];
    checkKernel(
        {.kernel = kernel,
         .op = "QLinearConv",
         .attributes = std::move(attributes),
         .inputs = {randomCodes<X>(x, 1), Tensor::scalar(0.017f), Tensor::scalar<X>(11), randomCodes<W>(w, 2),
                    channelScales(w[0]), Tensor::scalar(static_cast<W>(wZero)), Tensor::scalar(0.193f),
                    Tensor::scalar<X>(20), randomCodes<int32_t>(channels, 3, -3000, 3000)},
         .constants = {1, 2, 3, 4, 5, 6, 7, 8},
         .tolerance = 0,
         .blocked = plain ? std::vector<size_t>{} : std::vector<size_t>{0},
         .blockedOutputs = true});
}

TEST(ConvBlockedInteger, EqualsThePlainEvaluation) {
    const auto same = [](const Integers& x, const Integers& w, const ir::Attributes& attributes) {
        checkBlocked<uint8_t, int8_t>("conv_blocked_integer", x, w, attributes);
        checkBlocked<int8_t, int8_t>("conv_blocked_integer", x, w, attributes);
        checkBlocked<uint8_t, uint8_t>("conv_blocked_integer", x, w, attributes);
    };
    const ir::Attributes padded = {{"pads", Integers{1, 1, 1, 1}}};
    same({1, 3, 13, 11}, {24, 3, 7, 7}, {{"pads", Integers{3, 3, 3, 3}}, {"strides", Integers{2, 2}}});
    same({2, 1, 9, 8}, {5, 1, 3, 3}, padded);
    same({2, 5, 7, 7}, {33, 5, 1, 1}, {});
    same({1, 24, 15, 17}, {58, 24, 1, 1}, {});
    same({1, 58, 9, 10}, {24, 58, 3, 3}, padded);
    same({2, 24, 12, 10}, {5, 24, 3, 2},
         {{"strides", Integers{2, 3}}, {"dilations", Integers{2, 2}}, {"pads", Integers{0, 1, 2, 0}}});
    same({1, 64, 7, 7}, {70, 64, 3, 3}, padded);
    same({1, 32, 14, 14}, {40, 32, 1, 1}, {{"strides", Integers{2, 2}}});
    same({1, 48, 1, 1}, {20, 48, 1, 1}, {});
    same({2, 64, 9, 9}, {96, 32, 3, 3}, {{"group", int64_t{2}}, {"pads", Integers{2, 0, 1, 1}}});
    same({1, 20, 20, 40}, {33, 20, 3, 3}, {{"auto_pad", std::string("SAME_UPPER")}});
}

TEST(ConvBlockedIntegerDepthwise, EqualsThePlainEvaluation) {
    const auto same = [](const Integers& x, const Integers& kernel, ir::Attributes attributes) {
        attributes.set("group", x[1]);
        const Integers w = {x[1], 1, kernel[0], kernel[1]};
        checkBlocked<uint8_t, int8_t>("conv_blocked_integer_depthwise", x, w, attributes);
        checkBlocked<int8_t, int8_t>("conv_blocked_integer_depthwise", x, w, attributes);
        checkBlocked<uint8_t, uint8_t>("conv_blocked_integer_depthwise", x, w, attributes);
    };
    const ir::Attributes padded = {{"pads", Integers{1, 1, 1, 1}}};
    same({2, 5, 9, 8}, {3, 3}, padded);
    same({1, 24, 14, 14}, {3, 3}, padded);
    same({1, 58, 15, 13}, {3, 3}, {{"pads", Integers{1, 1, 1, 1}}, {"strides", Integers{2, 2}}});
    same({1, 16, 11, 12}, {5, 5}, {{"pads", Integers{2, 2, 2, 2}}});
    same({1, 17, 11, 12}, {5, 5}, {{"pads", Integers{2, 1, 2, 3}}, {"strides", Integers{2, 2}}});
    same({1, 18, 9, 20}, {7, 7}, {{"pads", Integers{3, 3, 3, 3}}});
    same({1, 18, 9, 3}, {3, 6}, {{"pads", Integers{1, 2, 1, 3}}, {"strides", Integers{1, 3}}});
    same({1, 20, 12, 11}, {3, 2}, {{"strides", Integers{3, 1}}, {"dilations", Integers{2, 3}}});
}

TEST(MatMulInteger, EqualsThePlainEvaluation) {
    for (const auto& [rows, depth, columns] :
         std::vector<std::array<int64_t, 3>>{{1, 64, 10}, {13, 31, 70}, {40, 7, 33}})
        checkKernel({.kernel = "mat_mul_integer",
                     .op = "QLinearMatMul",
                     .inputs = {randomCodes<uint8_t>({rows, depth}, 1), Tensor::scalar(0.02f),
                                Tensor::scalar<uint8_t>(120), randomCodes<int8_t>({depth, columns}, 2),
                                Tensor::scalar(0.01f), Tensor::scalar<int8_t>(1), Tensor::scalar(0.3f),
                                Tensor::scalar<uint8_t>(100)},
                     .constants = {1, 2, 3, 4, 5, 6, 7},
                     .tolerance = 0});
}

template <typename X>
void checkBytes(int64_t rows, int64_t depth, int64_t columns) {
    checkKernel(
        {.kernel = "mat_mul_integer",
         .op = "QLinearMatMul",
         .inputs = {randomCodes<X>({rows, depth}, 1), Tensor::scalar(0.02f), Tensor::scalar<X>(12),
                    randomCodes<int8_t>({depth, columns}, 2), channelScales(columns),
                    randomCodes<int8_t>({columns}, 2, 0, 0), Tensor::scalar(0.3f), Tensor::scalar<X>(10)},
         .constants = {1, 2, 3, 4, 5, 6, 7},
         .tolerance = 0});
}

TEST(MatMulInteger, OfBytesEqualsThePlainEvaluation) {
    for (const auto& [rows, depth, columns] :
         std::vector<std::array<int64_t, 3>>{{1, 64, 10}, {13, 31, 70}, {40, 7, 33}, {17, 256, 64}}) {
        checkBytes<uint8_t>(rows, depth, columns);
        checkBytes<int8_t>(rows, depth, columns);
    }
}

TEST(PoolInteger, EqualsThePlainEvaluation) {
    const auto same = [](const Integers& shape, const ir::Attributes& attributes) {
        for (const auto& x : {randomCodes<uint8_t>(shape, 1), randomCodes<int8_t>(shape, 2)}) {
            const KernelCase plain = {.kernel = "pool_max_integer",
                                      .op = "MaxPool",
                                      .attributes = attributes,
                                      .inputs = {x},
                                      .tolerance = 0};
            checkKernel(plain);
            auto blocked = plain;
            blocked.blocked = {0};
            blocked.blockedOutputs = true;
            checkKernel(blocked);
        }
    };
    same({2, 5, 9, 11},
         {{"kernel_shape", Integers{3, 3}}, {"strides", Integers{2, 2}}, {"pads", Integers{1, 1, 1, 1}}});
    same({1, 24, 12, 12},
         {{"kernel_shape", Integers{3, 3}}, {"strides", Integers{2, 2}}, {"ceil_mode", int64_t{1}}});
    same({1, 58, 8, 7}, {{"kernel_shape", Integers{2, 3}}, {"dilations", Integers{2, 1}}});
}

TEST(ConcatInteger, EqualsThePlainEvaluation) {
    for (const auto& channels : std::vector<Integers>{{32, 16, 64}, {5, 24, 58}, {3, 1, 2, 40}}) {
        KernelCase c = {.kernel = "concat_integer",
                        .op = "Concat",
                        .attributes = {{"axis", int64_t{1}}},
                        .inputs = {},
                        .tolerance = 0,
                        .blockedOutputs = true};
        for (const auto count : channels) {
            c.blocked.push_back(c.inputs.size());
            c.inputs.push_back(randomCodes<uint8_t>({2, count, 5, 7}, static_cast<unsigned>(count)));
        }
        checkKernel(c);
    }
}

// Quotients that lie next to the middle between two codes.
TEST(Quantize, RoundsTheQuotientFirst) {
    std::mt19937 random(3);
    for (int i = 0; i < 200; ++i) {
        const float scale = std::ldexp(1.0f + 0x1p-23f * static_cast<float>(random() % (1u << 23)), -6);
        std::vector<float> values;
        for (int code = -300; code < 300; ++code) {
            float x = scale * (static_cast<float>(code) + 0.5f);
            for (int k = 0; k < 3; ++k) x = std::nextafter(x, -1e9f);
            for (int k = 0; k < 7; ++k) {
                values.push_back(x);
                x = std::nextafter(x, 1e9f);
            }
        }
        checkKernel(
            {.kernel = "quantize_rows",
             .op = "QuantizeLinear",
             .inputs = {Tensor::vector<float>(values), Tensor::scalar(scale), Tensor::scalar<uint8_t>(120)},
             .constants = {1, 2},
             .tolerance = 0});
    }
}

TEST(Quantize, OnBlockedChannelsEqualsThePlainEvaluation) {
    checkKernel(
        {.kernel = "quantize_rows",
         .op = "QuantizeLinear",
         .inputs = {randomFloats({2, 5, 3, 7}, 1), Tensor::scalar(0.02f), Tensor::scalar<uint8_t>(99)},
         .constants = {1, 2},
         .tolerance = 0,
         .blocked = {0},
         .blockedOutputs = true});
    checkKernel(
        {.kernel = "dequantize_rows",
         .op = "DequantizeLinear",
         .inputs = {randomCodes<int8_t>({1, 24, 3, 5}, 4), Tensor::scalar(0.02f), Tensor::scalar<int8_t>(9)},
         .constants = {1, 2},
         .tolerance = 0,
         .blocked = {0},
         .blockedOutputs = true});
}

TEST(Quantize, EqualsThePlainEvaluation) {
    checkKernel({.kernel = "quantize_rows",
                 .op = "QuantizeLinear",
                 .inputs = {randomFloats({3, 5, 40}, 1), Tensor::scalar(0.01f), Tensor::scalar<int8_t>(-3)},
                 .constants = {1, 2},
                 .tolerance = 0});
    checkKernel({.kernel = "quantize_rows",
                 .op = "QuantizeLinear",
                 .inputs = {Tensor::of<float>({6}, {0.5f, 1.5f, -2.5f, 1e30f, -1e30f, 0.0f}),
                            Tensor::scalar(1.0f), Tensor::scalar<uint8_t>(128)},
                 .constants = {1, 2},
                 .tolerance = 0});
    checkKernel({.kernel = "dequantize_rows",
                 .op = "DequantizeLinear",
                 .attributes = {{"axis", int64_t{1}}},
                 .inputs = {randomCodes<int8_t>({2, 6, 9}, 4), channelScales(6), randomCodes<int8_t>({6}, 5)},
                 .constants = {1, 2},
                 .tolerance = 0});
}

}  // namespace
}  // namespace lathe::test
