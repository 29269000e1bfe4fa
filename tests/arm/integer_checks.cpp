// Tiles of 16-bit pairs, requantization, quantization, sums of codes.
#include <cmath>
#include <limits>

#include "tests/arm/checks.h"

namespace lathe::armtest {
namespace {

int32_t pair(int64_t low, int64_t high) {
    return static_cast<int32_t>((static_cast<uint32_t>(high) << 16) | (static_cast<uint32_t>(low) & 0xffff));
}

void checkIntegerTile(Checks& checks) {
    const int64_t height = checks.micro.rows, width = checks.micro.columns;
    for (int64_t rows = 1; rows <= height; ++rows)
        for (int repeat = 0; repeat < 8; ++repeat) {
            kernels::IntegerTile t;
            t.depth = checks.whole(1, 30);
            t.rows = rows;
            t.columns = repeat < 2 ? width : checks.whole(1, width);
            const auto x = checks.integers<int16_t>(t.depth * height * 2, -5000, 5000);
            const auto y = checks.integers<int16_t>(t.depth * width * 2, -5000, 5000);
            std::vector<int32_t> a, b;
            for (size_t i = 0; i < x.size(); i += 2) a.push_back(pair(x[i], x[i + 1]));
            for (size_t i = 0; i < y.size(); i += 2) b.push_back(pair(y[i], y[i + 1]));
            t.a = a.data();
            t.b = b.data();
            t.sumStride = width + checks.whole(0, 5);
            auto sums = checks.integers<int32_t>(height * t.sumStride, 0, 1000);
            auto wanted = sums;
            for (int64_t r = 0; r < rows; ++r)
                for (int64_t c = 0; c < t.columns; ++c) {
                    int32_t sum = 0;
                    for (int64_t k = 0; k < t.depth; ++k)
                        for (int64_t i = 0; i < 2; ++i)
                            sum += x[static_cast<size_t>((k * height + r) * 2 + i)] *
                                   y[static_cast<size_t>((k * width + c) * 2 + i)];
                    wanted[static_cast<size_t>(r * t.sumStride + c)] = sum;
                }
            t.sums = sums.data();
            checks.micro.integerTile(t);
            for (size_t i = 0; i < sums.size(); ++i) checks.same(sums[i], wanted[i]);
        }
    checks.done("integerTile");
}

void checkRequantize(Checks& checks) {
    for (int repeat = 0; repeat < 100; ++repeat) {
        kernels::Requantize r;
        r.count = checks.whole(1, 70);
        const auto sums = checks.integers<int32_t>(r.count, -100000, 100000);
        const auto biases = checks.integers<int32_t>(r.count, -3000, 3000);
        const auto scales = checks.numbers(r.count, 0.0001f, repeat % 5 == 0 ? 100.0f : 0.005f);
        r.sums = sums.data();
        r.bias = static_cast<int32_t>(checks.whole(-3000, 3000));
        r.scale = checks.coin() ? 0.0078125f : checks.number(0.0001f, 0.01f);  // the first has many ties
        if (checks.coin()) r.biases = biases.data();
        if (checks.coin()) r.scales = scales.data();
        const int32_t lowest = checks.coin() ? -128 : 0;
        r.zero = lowest + static_cast<int32_t>(checks.whole(0, 255));
        r.low = lowest + static_cast<int32_t>(checks.whole(0, 30));
        r.high = lowest + static_cast<int32_t>(checks.whole(200, 255));
        std::vector<int8_t> out(static_cast<size_t>(r.count) + 9, 77);
        auto wanted = out;
        for (int64_t i = 0; i < r.count; ++i) {
            const float x = static_cast<float>(r.sums[i] + (r.biases ? r.biases[i] : r.bias)) *
                            (r.scales ? r.scales[i] : r.scale);
            const double code = clamped(std::nearbyint(clamped(x, -1e6, 1e6)) + r.zero, r.low, r.high);
            wanted[static_cast<size_t>(i)] = static_cast<int8_t>(static_cast<int32_t>(code));
        }
        r.output = out.data();
        checks.micro.requantize(r);
        for (size_t i = 0; i < out.size(); ++i) checks.same(out[i], wanted[i]);
    }
    checks.done("requantize");
}

void checkQuantize(Checks& checks) {
    for (int repeat = 0; repeat < 100; ++repeat) {
        kernels::Quantize q;
        q.count = checks.whole(1, 70);
        auto in = checks.numbers(q.count, -20, 20);
        in[0] = std::numeric_limits<float>::quiet_NaN();
        in.back() = repeat % 3 == 0   ? 1e30f
                    : repeat % 3 == 1 ? -std::numeric_limits<float>::infinity()
                                      : 0.0f;
        q.input = in.data();
        q.scale = checks.coin() ? 0.125f : checks.number(0.01f, 0.2f);
        for (size_t i = 1; i + 1 < in.size(); i += 3)
            in[i] = (static_cast<float>(i) - 20.5f) * q.scale;  // ties
        const int32_t lowest = checks.coin() ? -128 : 0;
        q.zero = lowest + static_cast<int32_t>(checks.whole(0, 255));
        q.low = lowest;
        q.high = lowest + 255;
        std::vector<uint8_t> out(in.size() + 9, 77);
        auto wanted = out;
        for (size_t i = 0; i < in.size(); ++i) {
            const float x = std::isnan(in[i]) ? 0.0f : in[i] / q.scale;
            wanted[i] = static_cast<uint8_t>(
                static_cast<int32_t>(std::nearbyint(clamped(x, q.low - q.zero, q.high - q.zero))) + q.zero);
        }
        q.output = out.data();
        checks.micro.quantize(q);
        checks.same(out, wanted);
    }
    checks.done("quantize");
}

void checkAddBytes(Checks& checks) {
    for (int repeat = 0; repeat < 100; ++repeat) {
        kernels::ByteAddition a;
        a.count = checks.whole(1, 90);
        const auto own = checks.integers<uint8_t>(a.count, 0, 255);
        const auto other = checks.integers<uint8_t>(a.count, 0, 255);
        a.codes = own.data();
        a.flip = checks.coin() ? 0x80 : 0;
        addResidual(checks, a.finish, other.data());
        a.finish.zero = static_cast<int32_t>(checks.whole(0, 255));
        std::vector<uint8_t> out(own.size() + 9, 77);
        auto wanted = out;
        for (int64_t i = 0; i < a.count; ++i)
            wanted[static_cast<size_t>(i)] = added(
                a.finish, static_cast<float>((own[static_cast<size_t>(i)] ^ a.flip) - a.finish.zero), i);
        a.output = out.data();
        checks.micro.addBytes(a);
        checks.same(out, wanted);
    }
    checks.done("addBytes");
}

}  // namespace

void checkIntegers(Checks& checks) {
    checkIntegerTile(checks);
    checkRequantize(checks);
    checkQuantize(checks);
    checkAddBytes(checks);
}

}  // namespace lathe::armtest
