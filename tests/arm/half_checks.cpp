// 16-bit floats: conversion number by number, and tiles whose B is in them.
#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/arm/checks.h"

namespace lathe::armtest {
namespace {

using kernels::HalfType;

struct Format {
    HalfType type;
    const char* name;
    int fraction, bias;  // bits; of the exponent
};
constexpr Format kFormats[] = {{HalfType::float16, "float16", 10, 15},
                               {HalfType::bfloat16, "bfloat16", 7, 127}};

double valueOf(const Format& format, uint16_t half) {
    const int top = 2 * format.bias + 1, exponent = (half & 0x7fff) >> format.fraction;
    const int fraction = half & ((1 << format.fraction) - 1);
    double size = std::ldexp((exponent ? 1 << format.fraction : 0) + fraction,
                             std::max(exponent, 1) - format.bias - format.fraction);
    if (exponent == top) size = fraction ? std::nan("") : INFINITY;
    return half & 0x8000 ? -size : size;
}

double nearest(const Format& format, double x) {
    if (x == 0 || std::isinf(x)) return x;
    int exponent = 0;
    std::frexp(x, &exponent);
    const int place = std::max(exponent - 1, 1 - format.bias) - format.fraction;
    const double rounded = std::ldexp(std::nearbyint(std::ldexp(x, -place)), place);
    return std::abs(rounded) >= std::ldexp(1.0, format.bias + 1) ? std::copysign(INFINITY, x) : rounded;
}

void checkConversion(Checks& checks, const Format& format) {
    std::vector<uint16_t> every(65536);
    for (size_t i = 0; i < every.size(); ++i) every[i] = static_cast<uint16_t>(i);
    std::vector<float> wide(every.size());
    checks.micro.widenHalves(format.type, every.data(), wide.data(), 65536);
    for (size_t i = 0; i < every.size(); ++i) checks.close(wide[i], valueOf(format, every[i]), 0);
    checks.done(std::string("widenHalves, ") + format.name);

    // All sizes, and the middles between neighbours.
    std::vector<float> in = {65519.0f, -65520.0f, 65536.0f, 3.4e38f, INFINITY, -INFINITY, 0.0f, 0x1p-25f};
    for (int i = 0; i < 20000; ++i)
        in.push_back(std::ldexp(checks.number(), static_cast<int>(checks.whole(-30, 18))));
    for (size_t i = 0; i + 1 < every.size(); i += 3)
        in.push_back(static_cast<float>((valueOf(format, every[i]) + valueOf(format, every[i + 1])) / 2));
    std::erase_if(in,
                  [](float x) { return std::isnan(x) || (x != 0 && !std::isnormal(x) && !std::isinf(x)); });
    for (const size_t count : {in.size(), size_t{1}, size_t{5}, size_t{19}}) {
        std::vector<uint16_t> out(count + 1, 0x1234);
        checks.micro.narrowFloats(format.type, in.data(), out.data(), static_cast<int64_t>(count));
        for (size_t i = 0; i < count; ++i) {
            const double got = valueOf(format, out[i]), wanted = nearest(format, static_cast<double>(in[i]));
            checks.same(got == wanted, 1);
        }
        checks.same(out[count], 0x1234);
    }
    checks.done(std::string("narrowFloats, ") + format.name);
}

void checkTile(Checks& checks, const Format& format) {
    const int64_t width = checks.micro.columns;
    for (int64_t rows = 1; rows <= kernels::kHalfRows; ++rows)
        for (const int64_t depth : {1, 2, 3, 4, 5, 33, 130})
            for (const int64_t columns : {int64_t{1}, checks.lanes, checks.lanes + 1, width}) {
                const auto a = checks.numbers(rows * depth), bias = checks.numbers(width);
                const auto residual = checks.numbers(rows * width);
                std::vector<uint16_t> b(static_cast<size_t>(depth * width));
                checks.micro.narrowFloats(format.type, checks.numbers(depth * width).data(), b.data(),
                                          depth * width);
                auto c = checks.numbers(rows * width);
                auto wanted = c;
                kernels::HalfTile half;
                half.type = format.type;
                half.b = b.data();
                auto& tile = half.tile;
                tile.depth = depth;
                tile.a = a.data();
                tile.rowStride = depth;
                tile.c = c.data();
                tile.cStride = width;
                tile.rows = rows;
                tile.columns = columns;
                tile.accumulate = checks.coin();
                tile.residual = checks.coin() ? residual.data() : nullptr;
                tile.finish = true;
                tile.columnBias = bias.data();
                tile.low = -2;
                tile.high = 2;
                for (int64_t r = 0; r < rows; ++r)
                    for (int64_t j = 0; j < columns; ++j) {
                        const auto at = static_cast<size_t>(r * width + j);
                        double sum = static_cast<double>(bias[static_cast<size_t>(j)]);
                        for (int64_t k = 0; k < depth; ++k)
                            sum += static_cast<double>(a[static_cast<size_t>(r * depth + k)]) *
                                   valueOf(format, b[static_cast<size_t>(k * width + j)]);
                        if (tile.accumulate) sum += static_cast<double>(wanted[at]);
                        if (tile.residual) sum += static_cast<double>(residual[at]);
                        wanted[at] = static_cast<float>(clamped(sum, -2, 2));
                    }
                checks.micro.halfTile(half);
                checks.close(c, wanted, static_cast<double>(depth));
            }
    checks.done(std::string("halfTile, ") + format.name);
}

}  // namespace

void checkHalves(Checks& checks) {
    for (const auto& format : kFormats) {
        checkConversion(checks, format);
        checkTile(checks, format);
    }
}

}  // namespace lathe::armtest
