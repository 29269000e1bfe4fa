// What works on rows of numbers: functions, moments, scaling, transposition, depthwise rows.
#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/arm/checks.h"

namespace lathe::armtest {
namespace {

void checkApply(Checks& checks) {
    const char* names[] = {"none", "exponential", "sigmoid", "tanh",     "erf",
                           "gelu", "geluTanh",    "silu",    "hardSwish"};
    for (size_t f = 0; f < 9; ++f) {
        for (int64_t count : {1, 2, 3, 4, 5, 7, 15, 16, 17, 31, 33, 1001}) {
            auto in = checks.numbers(count, -12, 12);
            in[0] = count % 2 == 0 ? 80.0f : -80.0f;
            if (kFunctions[f] == MicroFunction::exponential && count > 3) in[2] = -200.0f;
            auto out = checks.numbers(count + 9);
            auto wanted = out;
            for (size_t i = 0; i < in.size(); ++i)
                wanted[i] = static_cast<float>(applied(kFunctions[f], in[i]));
            checks.micro.apply(kFunctions[f], in.data(), out.data(), count);
            // Between a function and its halves of opposite sign there is as much rounding as the argument is
            // large.
            for (size_t i = 0; i < out.size(); ++i)
                checks.close(out[i], wanted[i], i < in.size() ? std::max(1.0f, std::abs(in[i])) : 0.0f);
            checks.micro.apply(kFunctions[f], in.data(), in.data(), count);
            for (size_t i = 0; i < in.size(); ++i) checks.same(in[i] == out[i], 1);
        }
        checks.done(std::string("apply, ") + names[f]);
    }
}

void checkExponentialSum(Checks& checks) {
    for (int64_t count : {1, 3, 4, 5, 16, 33, 1001}) {
        const auto in = checks.numbers(count, -8, 8);
        const float shift = checks.number(-2, 8);
        auto out = checks.numbers(count + 9);
        auto wanted = out;
        double sum = 0;
        for (size_t i = 0; i < in.size(); ++i) {
            const double y = std::exp(static_cast<double>(in[i]) - shift);
            wanted[i] = static_cast<float>(y);
            sum += y;
        }
        checks.close(checks.micro.exponentialSum(in.data(), out.data(), count, shift), sum, 0);
        checks.close(out, wanted, 1e-3);
    }
    checks.done("exponentialSum");
}

void checkMoments(Checks& checks) {
    for (int64_t count : {1, 3, 4, 7, 16, 19, 64, 65, 1001}) {
        const auto in = checks.numbers(count, 50, 53);
        double sum = 0, deviations = 0, squares = 0;
        for (float x : in) sum += x;
        const double mean = sum / static_cast<double>(count);
        for (float x : in) {
            deviations += (x - mean) * (x - mean);
            squares += static_cast<double>(x) * x;
        }
        const auto found = checks.micro.rowMoments(in.data(), count);
        checks.close(found.mean, mean);
        checks.close(found.mean + found.rest, mean);
        checks.close(found.square - found.rest * found.rest, deviations / static_cast<double>(count));
        checks.close(checks.micro.rowSquares(in.data(), count), squares);
    }
    checks.done("rowMoments, rowSquares");
}

void checkScaleRow(Checks& checks) {
    for (int repeat = 0; repeat < 40; ++repeat) {
        kernels::RowScale r;
        r.count = checks.whole(1, 150);
        const auto in = checks.numbers(r.count), scale = checks.numbers(r.count),
                   bias = checks.numbers(r.count);
        r.in = in.data();
        r.mean = checks.number();
        r.rest = checks.number(-1e-3f, 1e-3f);
        r.factor = checks.number(0.5f, 2);
        if (checks.coin()) r.scale = scale.data();
        if (checks.coin()) r.bias = bias.data();
        auto out = checks.numbers(r.count + 9);
        auto wanted = out;
        for (size_t i = 0; i < in.size(); ++i)
            wanted[i] = static_cast<float>((static_cast<double>(in[i]) - r.mean - r.rest) * r.factor *
                                               (r.scale ? scale[i] : 1.0f) +
                                           (r.bias ? bias[i] : 0.0f));
        r.out = out.data();
        checks.micro.scaleRow(r);
        checks.close(out, wanted);
    }
    checks.done("scaleRow");
}

void checkRowLargest(Checks& checks) {
    for (int repeat = 0; repeat < 40; ++repeat) {
        const int64_t count = checks.whole(2, 150);
        auto in = checks.numbers(count, -3, -1);
        const auto extra = checks.numbers(count);
        in[static_cast<size_t>(checks.whole(0, count - 1))] = std::numeric_limits<float>::quiet_NaN();
        auto out = checks.numbers(count + 9);
        auto wanted = out;
        const bool add = checks.coin();
        float largest = -std::numeric_limits<float>::infinity();
        for (size_t i = 0; i < in.size(); ++i) {
            const float x = add ? in[i] + extra[i] : in[i];
            if (add) wanted[i] = x;
            if (x > largest) largest = x;
        }
        checks.close(checks.micro.rowLargest(in.data(), add ? extra.data() : nullptr, out.data(), count),
                     largest);
        checks.close(out, wanted);
    }
    checks.done("rowLargest");
}

void checkTranspose(Checks& checks) {
    const int64_t lanes = checks.lanes;
    for (int repeat = 0; repeat < 60; ++repeat) {
        kernels::Transposition t;
        t.rows = checks.whole(1, 40);
        t.columns = checks.whole(1, 40);
        t.inStride = t.columns + checks.whole(0, 5);
        const int64_t filled = (t.rows + lanes - 1) / lanes * lanes;
        t.outStride = filled + checks.whole(0, 5);
        // Not one number more than there is to read.
        const auto in = checks.numbers((t.rows - 1) * t.inStride + t.columns);
        t.in = in.data();
        auto out = checks.numbers(t.columns * t.outStride + 9);
        auto wanted = out;
        for (int64_t c = 0; c < t.columns; ++c)
            for (int64_t r = 0; r < filled; ++r)
                wanted[static_cast<size_t>(c * t.outStride + r)] =
                    r < t.rows ? t.in[r * t.inStride + c] : 0.0f;
        t.out = out.data();
        checks.micro.transpose(t);
        for (size_t i = 0; i < out.size(); ++i) checks.same(out[i] == wanted[i], 1);
    }
    checks.done("transpose");
}

void checkDepthwiseRow(Checks& checks) {
    for (int repeat = 0; repeat < 100; ++repeat) {
        kernels::DepthwiseRow d;
        d.kernelRows = checks.whole(1, 5);
        d.kernelColumns = repeat % 3 == 0 ? checks.whole(1, 7) : d.kernelRows;
        d.stride = checks.whole(1, 3);
        d.dilation = repeat % 4 == 0 ? 2 : 1;
        d.count = checks.whole(1, 60);
        d.inputStride =
            (d.count - 1) * d.stride + (d.kernelColumns - 1) * d.dilation + 1 + checks.whole(0, 5);
        const auto input = checks.numbers(d.kernelRows * d.inputStride);
        const auto weights = checks.numbers(d.kernelRows * d.kernelColumns);
        d.input = input.data();
        d.weights = weights.data();
        d.bias = checks.number();
        d.low = checks.number(-2, 0);
        d.high = checks.number(0, 2);
        auto out = checks.numbers(d.count + 9);
        auto wanted = out;
        for (int64_t x = 0; x < d.count; ++x) {
            double sum = d.bias;
            for (int64_t i = 0; i < d.kernelRows; ++i)
                for (int64_t j = 0; j < d.kernelColumns; ++j)
                    sum += static_cast<double>(d.input[i * d.inputStride + x * d.stride + j * d.dilation]) *
                           d.weights[i * d.kernelColumns + j];
            wanted[static_cast<size_t>(x)] = static_cast<float>(clamped(sum, d.low, d.high));
        }
        d.output = out.data();
        checks.micro.depthwiseRow(d);
        checks.close(out, wanted, 5);
    }
    checks.done("depthwiseRow");
}

void checkMultiplyAdds(Checks& checks) {
    std::vector<float> result(static_cast<size_t>(checks.lanes), -1.0f);
    const int64_t done = checks.micro.multiplyAdds(1000, result.data());
    checks.same(done % (2 * checks.lanes * 1000), 0);
    const int64_t chains = done / (2 * checks.lanes * 1000);
    double expected = 0;  // x -> 0.999 x + 0.001 draws near to 1
    for (int64_t i = 0; i < chains; ++i)
        expected += 1 + (static_cast<double>(i) - 1) * std::pow(static_cast<double>(0.999f), 1000);
    for (float x : result) checks.same(std::abs(x - expected) < 1e-3 * expected, 1);
    checks.done("multiplyAdds");
}

}  // namespace

void checkRows(Checks& checks) {
    checkApply(checks);
    checkExponentialSum(checks);
    checkMoments(checks);
    checkScaleRow(checks);
    checkRowLargest(checks);
    checkTranspose(checks);
    checkDepthwiseRow(checks);
    checkMultiplyAdds(checks);
}

}  // namespace lathe::armtest
