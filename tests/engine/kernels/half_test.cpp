// 16-bit floats: their conversion number by number, and products whose weights stay in them.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "engine/base/denormals.h"
#include "engine/kernels/cpu/support_half.h"
#include "tests/support/conv_case.h"
#include "tests/support/half_values.h"

namespace lathe::test {
namespace {

using kernels::HalfType;
using tensor::DataType;

template <typename Half>
constexpr HalfType kTypeOf = std::is_same_v<Half, tensor::Float16> ? HalfType::float16 : HalfType::bfloat16;

template <typename Half>
Half fromBits(uint32_t bits) {
    Half half;
    half.bits = static_cast<uint16_t>(bits);
    return half;
}

// In a run, where results that are denormal floats become zero, and outside one.
template <typename Half>
void expectEveryHalfWidened() {
    std::vector<uint16_t> in(65536);
    for (uint32_t i = 0; i < 65536; ++i) in[i] = static_cast<uint16_t>(i);
    for (const bool flush : {false, true}) {
        std::vector<float> out(in.size());
        {
            const base::FlushDenormals mode(flush);
            kernels::micro().widenHalves(kTypeOf<Half>, in.data(), out.data(), 65536);
        }
        for (uint32_t i = 0; i < 65536; ++i) {
            const float wanted = fromBits<Half>(i);
            if (std::isnan(wanted))
                EXPECT_TRUE(std::isnan(out[i])) << i;
            else
                EXPECT_EQ(std::bit_cast<uint32_t>(out[i]), std::bit_cast<uint32_t>(wanted)) << i;
        }
    }
}

TEST(Halves, WidenEveryOne) {
    expectEveryHalfWidened<tensor::Float16>();
    expectEveryHalfWidened<tensor::BFloat16>();
}

// Every half, the middle to the next one, and the floats beside that middle.
template <typename Half>
std::vector<float> floatsBesideHalves() {
    std::vector<float> result;
    for (uint32_t i = 0; i < 65535; ++i) {
        const float here = fromBits<Half>(i), next = fromBits<Half>(i + 1);
        const double between = (static_cast<double>(here) + static_cast<double>(next)) / 2;
        const auto middle = static_cast<float>(between);
        for (const float x : {here, middle, std::nextafter(middle, here), std::nextafter(middle, next)})
            if (!std::isnan(x)) result.push_back(x);
    }
    for (const float x : {65519.0f, 65520.0f, 65521.0f, 1e30f, 3.4e38f, std::numeric_limits<float>::max()})
        result.insert(result.end(), {x, -x});
    return result;
}

template <typename Half>
void expectNearestHalves() {
    const auto in = floatsBesideHalves<Half>();
    for (const bool flush : {false, true}) {
        std::vector<uint16_t> out(in.size());
        {
            const base::FlushDenormals mode(flush);
            kernels::micro().narrowFloats(kTypeOf<Half>, in.data(), out.data(),
                                          static_cast<int64_t>(in.size()));
        }
        for (size_t i = 0; i < in.size(); ++i) EXPECT_EQ(out[i], Half(in[i]).bits) << in[i];
    }
    const float nan[3] = {NAN, -NAN, std::bit_cast<float>(0x7f800001u)};
    uint16_t bits[3] = {};
    kernels::micro().narrowFloats(kTypeOf<Half>, nan, bits, 3);
    for (const auto half : bits) EXPECT_TRUE(std::isnan(static_cast<float>(fromBits<Half>(half)))) << half;
}

TEST(Halves, NarrowToTheNearest) {
    expectNearestHalves<tensor::Float16>();
    expectNearestHalves<tensor::BFloat16>();
}

TEST(Halves, RunsOfAnyLength) {
    const auto x = randomFloats({1, 70}, 1);
    for (const auto type : kHalfTypes)
        for (int64_t count = 0; count <= 70; ++count) {
            const auto part =
                tensor::Tensor::vector<float>(x.values<float>().first(static_cast<size_t>(count)));
            const auto halves = kernels::narrowed(part, type);
            EXPECT_EQ(halves, asHalves(part, type)) << count;
            EXPECT_EQ(kernels::narrowed(kernels::widened(halves), type), halves) << count;
        }
}

TEST(CastHalf, BothWays) {
    for (const auto type : kHalfTypes) {
        const auto wide = randomFloats({3, 12345}, 1);
        checkKernel({.kernel = "cast_half",
                     .op = "Cast",
                     .attributes = {{"to", static_cast<int64_t>(type)}},
                     .inputs = {wide},
                     .tolerance = 0});
        checkKernel({.kernel = "cast_half",
                     .op = "Cast",
                     .attributes = {{"to", static_cast<int64_t>(DataType::float32)}},
                     .inputs = {asHalves(wide, type)},
                     .tolerance = 0});
    }
}

// One row to more than a block of rows; depths of one block and of several.
TEST(MatMulHalf, WeightsStayHalves) {
    for (const auto type : kHalfTypes)
        for (const int64_t rows : {1, 2, 3, 4, 5, 13, 37, 400})
            for (const int64_t columns : {1, 5, 16, 33, 129})
                for (const int64_t depth : {1, 7, 65, 800})
                    checkKernel({.kernel = "mat_mul_packed",
                                 .op = "MatMul",
                                 .inputs = {randomFloats({rows, depth}, 1),
                                            asHalves(randomFloats({depth, columns}, 2), type)},
                                 .constants = {1}});
    checkKernel(
        {.kernel = "mat_mul_packed",
         .op = "MatMul",
         .inputs = {randomFloats({2, 9, 20}, 1), asHalves(randomFloats({20, 33}, 2), DataType::float16)},
         .constants = {1}});
}

TEST(MatMulHalf, BiasResidualClampAndFunction) {
    for (const int64_t rows : {1, 3, 6, 40})
        for (const auto* function : {"", "gelu", "silu"}) {
            ir::Attributes attributes;
            attributes.set("low", -0.5f);
            attributes.set("high", 4.0f);
            if (*function) attributes.set("function", std::string(function));
            checkKernel(
                {.kernel = "mat_mul_packed",
                 .op = "MatMul",
                 .attributes = attributes,
                 .inputs = {randomFloats({rows, 500}, 1),
                            asHalves(randomFloats({500, 37}, 2), DataType::float16), randomFloats({37}, 3)},
                 .constants = {1, 2},
                 .domain = "lathe"});
        }
}

TEST(GemmHalf, TurnedAndAdded) {
    for (const auto type : kHalfTypes)
        for (const int64_t turnA : {0, 1})
            for (const int64_t turnB : {0, 1})
                for (const int64_t rows : {2, 21}) {
                    ir::Attributes attributes;
                    attributes.set("transA", turnA);
                    attributes.set("transB", turnB);
                    attributes.set("beta", 2.0f);
                    const auto a = turnA ? randomFloats({423, rows}, 1) : randomFloats({rows, 423}, 1);
                    const auto b = turnB ? randomFloats({39, 423}, 2) : randomFloats({423, 39}, 2);
                    checkKernel({.kernel = "gemm_packed",
                                 .op = "Gemm",
                                 .attributes = attributes,
                                 .inputs = {a, asHalves(b, type), randomFloats({1, 39}, 3)},
                                 .constants = {1, 2}});
                }
    // In place of the matrix that is added.
    for (const int64_t rows : {3, 30})
        checkKernel(
            {.kernel = "gemm_packed",
             .op = "Gemm",
             .inputs = {randomFloats({rows, 900}, 1), asHalves(randomFloats({900, 37}, 2), DataType::float16),
                        randomFloats({rows, 37}, 3)},
             .constants = {1}});
}

TEST(ConvHalf, WeightsOfEveryKernel) {
    for (const auto type : kHalfTypes) {
        const auto check = [&](ConvCase c, const std::string& kernel, bool blocked) {
            c.weights = type;
            checkConv(c, kernel, blocked);
        };
        check({.x = {1, 24, 6, 13}, .w = {12, 24, 3, 3}, .pads = {1, 1, 1, 1}}, "conv_blocked", true);
        check({.x = {1, 3, 21, 23}, .w = {24, 3, 3, 3}, .plainInput = true}, "conv_blocked", true);
        check({.x = {1, 64, 19, 20}, .w = {64, 64, 3, 3}, .pads = {1, 1, 1, 1}}, "conv_blocked_winograd",
              true);
        check({.x = {1, 37, 9, 9}, .w = {37, 1, 3, 3}, .group = 37}, "conv_blocked_depthwise", true);
        check({.x = {1, 5, 13, 11}, .w = {5, 1, 3, 3}, .group = 5}, "conv_depthwise", false);
        check({.x = {2, 5, 13, 9}, .w = {7, 5, 3, 3}, .strides = {2, 2}}, "conv_gemm", false);
        check({.x = {3, 8, 1, 1}, .w = {5, 8, 1, 1}}, "conv_gemm", false);
    }
}

}  // namespace
}  // namespace lathe::test
