// What works on blocks of channels: Winograd transforms, depthwise convolutions, pools, pairs, moving lanes.
#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/arm/checks.h"

namespace lathe::armtest {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

using Matrix = std::vector<std::vector<double>>;

const Matrix kInput2 = {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}};
const Matrix kOutput2 = {{1, 1, 1, 0}, {0, 1, -1, -1}};
const Matrix kInput4 = {{4, 0, -5, 0, 1, 0},  {0, -4, -4, 1, 1, 0}, {0, 4, -4, -1, 1, 0},
                        {0, -2, -1, 2, 1, 0}, {0, 2, -1, -2, 1, 0}, {0, 4, 0, -5, 0, 1}};
const Matrix kOutput4 = {{1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}};

// by * x * transposed(by)
Matrix transformed(const Matrix& by, const Matrix& x) {
    Matrix result(by.size(), std::vector<double>(by.size()));
    for (size_t i = 0; i < by.size(); ++i)
        for (size_t j = 0; j < by.size(); ++j)
            for (size_t k = 0; k < x.size(); ++k)
                for (size_t l = 0; l < x.size(); ++l) result[i][j] += by[i][k] * x[k][l] * by[j][l];
    return result;
}

void checkWinogradInput(Checks& checks, int64_t m) {
    const int64_t size = m + 2, lanes = checks.lanes;
    for (int repeat = 0; repeat < 40; ++repeat) {
        kernels::WinogradInput w;
        w.rowPitch = (size + checks.whole(0, 3)) * lanes;
        const auto image = checks.numbers(size * w.rowPitch);
        w.image = image.data();
        w.firstRow = checks.whole(0, 1);
        w.lastRow = checks.whole(1, size);
        w.firstColumn = checks.whole(0, 1);
        w.lastColumn = checks.whole(1, size);
        w.positionStride = lanes * checks.whole(1, 3);
        auto out = checks.numbers(size * size * w.positionStride);
        auto wanted = out;
        for (int64_t c = 0; c < lanes; ++c) {
            Matrix x(static_cast<size_t>(size), std::vector<double>(static_cast<size_t>(size)));
            for (int64_t i = w.firstRow; i < w.lastRow; ++i)
                for (int64_t j = w.firstColumn; j < w.lastColumn; ++j)
                    x[static_cast<size_t>(i)][static_cast<size_t>(j)] =
                        w.image[i * w.rowPitch + j * lanes + c];
            const auto y = transformed(m == 2 ? kInput2 : kInput4, x);
            for (int64_t i = 0; i < size * size; ++i)
                wanted[static_cast<size_t>(i * w.positionStride + c)] =
                    static_cast<float>(y[static_cast<size_t>(i / size)][static_cast<size_t>(i % size)]);
        }
        w.out = out.data();
        (m == 2 ? checks.micro.winogradInput2 : checks.micro.winogradInput4)(w);
        checks.close(out, wanted, 10);
    }
    checks.done("winogradInput" + std::to_string(m));
}

void checkWinogradOutput(Checks& checks, int64_t m) {
    const int64_t size = m + 2, lanes = checks.lanes;
    for (int repeat = 0; repeat < 60; ++repeat) {
        kernels::WinogradOutput w;
        w.positionStride = lanes * checks.whole(1, 3);
        const auto sums = checks.numbers(size * size * w.positionStride, -0.2f, 0.2f);
        w.sums = sums.data();
        w.rowPitch = (m + checks.whole(0, 3)) * lanes;
        w.rows = checks.whole(1, m);
        w.columns = checks.whole(1, m);
        auto out = checks.numbers(m * w.rowPitch);
        const auto residual = checks.numbers(m * w.rowPitch), bias = checks.numbers(lanes);
        if (checks.coin()) w.residual = residual.data();
        w.bias = bias.data();
        w.low = checks.coin() ? -kInfinity : checks.number(-1, 0);
        w.high = checks.coin() ? kInfinity : checks.number(0, 1);
        w.function = kFunctions[repeat % 9];
        auto wanted = out;
        for (int64_t c = 0; c < lanes; ++c) {
            Matrix x(static_cast<size_t>(size), std::vector<double>(static_cast<size_t>(size)));
            for (int64_t i = 0; i < size * size; ++i)
                x[static_cast<size_t>(i / size)][static_cast<size_t>(i % size)] =
                    w.sums[i * w.positionStride + c];
            const auto y = transformed(m == 2 ? kOutput2 : kOutput4, x);
            for (int64_t i = 0; i < w.rows; ++i)
                for (int64_t j = 0; j < w.columns; ++j) {
                    const auto at = static_cast<size_t>(i * w.rowPitch + j * lanes + c);
                    const double sum = y[static_cast<size_t>(i)][static_cast<size_t>(j)] + w.bias[c] +
                                       (w.residual ? residual[at] : 0.0f);
                    wanted[at] = static_cast<float>(applied(w.function, clamped(sum, w.low, w.high)));
                }
        }
        w.out = out.data();
        (m == 2 ? checks.micro.winogradOutput2 : checks.micro.winogradOutput4)(w);
        checks.close(out, wanted, 10);
    }
    checks.done("winogradOutput" + std::to_string(m));
}

void checkDepthwisePlane(Checks& checks) {
    const int64_t lanes = checks.lanes;
    for (int repeat = 0; repeat < 150; ++repeat) {
        kernels::DepthwisePlane d;
        d.kernelHeight = checks.whole(1, 7);
        d.kernelWidth = repeat % 3 == 0 ? checks.whole(1, 7) : d.kernelHeight;
        d.strideY = checks.whole(1, 2);
        d.strideX = repeat % 5 == 0 ? checks.whole(1, 3) : d.strideY;
        if (repeat % 7 == 0) {
            d.dilationY = checks.whole(1, 2);
            d.dilationX = checks.whole(1, 2);
        }
        d.padTop = checks.whole(0, d.kernelHeight - 1);
        d.padLeft = checks.whole(0, d.kernelWidth - 1);
        d.inHeight = (d.kernelHeight - 1) * d.dilationY + checks.whole(1, 12);
        d.inWidth = (d.kernelWidth - 1) * d.dilationX + checks.whole(1, 25);
        const int64_t reachY = d.inHeight + 2 * d.padTop - (d.kernelHeight - 1) * d.dilationY - 1;
        const int64_t reachX = d.inWidth + 2 * d.padLeft - (d.kernelWidth - 1) * d.dilationX - 1;
        const int64_t outHeight = reachY / d.strideY + 1;
        d.outWidth = reachX / d.strideX + 1;
        d.firstRow = checks.whole(0, outHeight - 1);
        d.lastRow = checks.whole(d.firstRow + 1, outHeight);
        const auto input = checks.numbers(d.inHeight * d.inWidth * lanes);
        const auto weights = checks.numbers(d.kernelHeight * d.kernelWidth * lanes),
                   bias = checks.numbers(lanes);
        d.input = input.data();
        d.weights = weights.data();
        d.bias = bias.data();
        d.low = checks.coin() ? -kInfinity : checks.number(-2, 0);
        d.high = checks.coin() ? kInfinity : checks.number(0, 2);
        d.function = kFunctions[checks.whole(0, 8)];
        auto out = checks.numbers(outHeight * d.outWidth * lanes + 9);
        auto wanted = out;
        for (int64_t y = d.firstRow; y < d.lastRow; ++y)
            for (int64_t x = 0; x < d.outWidth; ++x)
                for (int64_t c = 0; c < lanes; ++c) {
                    double sum = d.bias[c];
                    for (int64_t i = 0; i < d.kernelHeight; ++i)
                        for (int64_t j = 0; j < d.kernelWidth; ++j) {
                            const int64_t inY = y * d.strideY - d.padTop + i * d.dilationY;
                            const int64_t inX = x * d.strideX - d.padLeft + j * d.dilationX;
                            if (inY < 0 || inX < 0 || inY >= d.inHeight || inX >= d.inWidth) continue;
                            sum += static_cast<double>(d.input[(inY * d.inWidth + inX) * lanes + c]) *
                                   d.weights[(i * d.kernelWidth + j) * lanes + c];
                        }
                    wanted[static_cast<size_t>((y * d.outWidth + x) * lanes + c)] =
                        static_cast<float>(applied(d.function, clamped(sum, d.low, d.high)));
                }
        d.output = out.data();
        checks.micro.depthwisePlane(d);
        checks.close(out, wanted, 10);
    }
    checks.done("depthwisePlane");
}

kernels::PoolAxis randomAxis(Checks& checks) {
    kernels::PoolAxis axis;
    axis.kernel = checks.whole(1, 4);
    axis.stride = checks.whole(1, 3);
    axis.dilation = checks.whole(1, 2);
    axis.pad = checks.whole(0, axis.kernel - 1);
    axis.in = (axis.kernel - 1) * axis.dilation + checks.whole(1, 12);
    axis.out = (axis.in + axis.pad - (axis.kernel - 1) * axis.dilation - 1) / axis.stride + 1;
    return axis;
}

void checkPoolPlane(Checks& checks, bool average) {
    const int64_t lanes = checks.lanes;
    for (int repeat = 0; repeat < 60; ++repeat) {
        kernels::PoolPlane p;
        p.y = randomAxis(checks);
        p.x = randomAxis(checks);
        p.firstRow = checks.whole(0, p.y.out - 1);
        p.lastRow = checks.whole(p.firstRow + 1, p.y.out);
        const auto input = checks.numbers(p.y.in * p.x.in * lanes),
                   weights = checks.numbers(p.y.out * p.x.out, 0, 1);
        p.input = input.data();
        if (average) p.weights = weights.data();
        auto out = checks.numbers(p.y.out * p.x.out * lanes + 9);
        auto wanted = out;
        for (int64_t y = p.firstRow; y < p.lastRow; ++y)
            for (int64_t x = 0; x < p.x.out; ++x)
                for (int64_t c = 0; c < lanes; ++c) {
                    double sum = 0, largest = -kInfinity;
                    for (int64_t i = 0; i < p.y.kernel; ++i)
                        for (int64_t j = 0; j < p.x.kernel; ++j) {
                            const int64_t inY = y * p.y.stride - p.y.pad + i * p.y.dilation;
                            const int64_t inX = x * p.x.stride - p.x.pad + j * p.x.dilation;
                            if (inY < 0 || inX < 0 || inY >= p.y.in || inX >= p.x.in) continue;
                            const double value = p.input[(inY * p.x.in + inX) * lanes + c];
                            sum += value;
                            largest = std::max(largest, value);
                        }
                    const int64_t place = y * p.x.out + x;
                    wanted[static_cast<size_t>(place * lanes + c)] =
                        static_cast<float>(average ? sum * weights[static_cast<size_t>(place)] : largest);
                }
        p.output = out.data();
        checks.micro.poolPlane(p);
        checks.close(out, wanted);
    }
    checks.done(average ? "poolPlane, average" : "poolPlane, maximum");
}

void checkPlaneMean(Checks& checks) {
    const int64_t lanes = checks.lanes;
    for (int64_t places : {1, 3, 4, 7, 49, 127, 128, 129, 3000}) {
        const auto in = checks.numbers(places * lanes);
        auto out = checks.numbers(lanes);
        checks.micro.planeMean(in.data(), out.data(), places);
        for (int64_t c = 0; c < lanes; ++c) {
            double sum = 0;
            for (int64_t p = 0; p < places; ++p) sum += in[static_cast<size_t>(p * lanes + c)];
            checks.close(out[static_cast<size_t>(c)], sum / static_cast<double>(places));
        }
    }
    checks.done("planeMean");
}

float paired(kernels::MicroBinary function, float a, float b) {
    switch (function) {
        case kernels::MicroBinary::sum:
            return a + b;
        case kernels::MicroBinary::difference:
            return a - b;
        case kernels::MicroBinary::product:
            return a * b;
        case kernels::MicroBinary::quotient:
            return a / b;
        case kernels::MicroBinary::larger:
            return std::isnan(a) || std::isnan(b) ? a + b : std::max(a, b);
        case kernels::MicroBinary::smaller:
            return std::isnan(a) || std::isnan(b) ? a + b : std::min(a, b);
    }
    return a;
}

void checkPairBlocks(Checks& checks) {
    const int64_t lanes = checks.lanes;
    for (int function = 0; function < 6; ++function) {
        for (int repeat = 0; repeat < 16; ++repeat) {
            kernels::BlockPair p;
            p.places = checks.whole(1, 20);
            p.aMoves = repeat % 2 == 0;
            p.bMoves = repeat % 4 < 2;
            auto a = checks.numbers(p.places * lanes), b = checks.numbers(p.places * lanes, 0.5f, 2);
            a[1] = b[2] = std::numeric_limits<float>::quiet_NaN();
            p.a = a.data();
            p.b = b.data();
            auto out = checks.numbers(p.places * lanes + 9);
            auto wanted = out;
            for (int64_t i = 0; i < p.places * lanes; ++i)
                wanted[static_cast<size_t>(i)] =
                    paired(static_cast<kernels::MicroBinary>(function), p.a[p.aMoves ? i : i % lanes],
                           p.b[p.bMoves ? i : i % lanes]);
            p.output = out.data();
            checks.micro.pairBlocks(static_cast<kernels::MicroBinary>(function), p);
            checks.close(out, wanted);
        }
        checks.done("pairBlocks, function " + std::to_string(function));
    }
}

void checkScaleBlock(Checks& checks) {
    const int64_t lanes = checks.lanes;
    for (int64_t places : {1, 2, 9}) {
        const auto in = checks.numbers(places * lanes), scale = checks.numbers(lanes),
                   shift = checks.numbers(lanes);
        auto out = checks.numbers(places * lanes + 9);
        auto wanted = out;
        for (size_t i = 0; i < in.size(); ++i) {
            const size_t c = i % static_cast<size_t>(lanes);
            wanted[i] = in[i] * scale[c] + shift[c];
        }
        checks.micro.scaleBlock(in.data(), out.data(), scale.data(), shift.data(), places);
        checks.close(out, wanted);
    }
    checks.done("scaleBlock");
}

void checkGatherLanes(Checks& checks) {
    const int64_t lanes = checks.lanes;
    for (int64_t count = 0; count <= 9; ++count) {
        const int64_t places = checks.whole(1, 12);
        std::vector<std::vector<float>> inputs;
        std::vector<std::vector<int32_t>> picks(static_cast<size_t>(count),
                                                std::vector<int32_t>(static_cast<size_t>(lanes), -1));
        auto out = checks.numbers(places * lanes + 9);
        auto wanted = out;
        std::fill_n(wanted.begin(), places * lanes, 0.0f);
        for (int64_t s = 0; s < count; ++s) inputs.push_back(checks.numbers(places * lanes));
        for (int64_t c = 0; c < lanes; ++c) {
            const int64_t s = checks.whole(-1, count - 1);
            if (s < 0) continue;
            const int64_t from = checks.whole(0, lanes - 1);
            picks[static_cast<size_t>(s)][static_cast<size_t>(c)] = static_cast<int32_t>(from);
            for (int64_t p = 0; p < places; ++p)
                wanted[static_cast<size_t>(p * lanes + c)] =
                    inputs[static_cast<size_t>(s)][static_cast<size_t>(p * lanes + from)];
        }
        std::vector<kernels::LaneSource> sources;
        for (size_t s = 0; s < inputs.size(); ++s) sources.push_back({inputs[s].data(), picks[s].data()});
        checks.micro.gatherLanes(sources.data(), count, out.data(), places);
        for (size_t i = 0; i < out.size(); ++i) checks.same(out[i] == wanted[i], 1);
    }
    checks.done("gatherLanes");
}

}  // namespace

void checkBlocks(Checks& checks) {
    for (int64_t m : {2, 4}) {
        checkWinogradInput(checks, m);
        checkWinogradOutput(checks, m);
    }
    checkDepthwisePlane(checks);
    for (bool average : {false, true}) checkPoolPlane(checks, average);
    checkPlaneMean(checks);
    checkPairBlocks(checks);
    checkScaleBlock(checks);
    checkGatherLanes(checks);
}

}  // namespace lathe::armtest
