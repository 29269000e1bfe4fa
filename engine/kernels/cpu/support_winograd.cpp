#include "engine/kernels/cpu/support_winograd.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "engine/kernels/cpu/instruction_set.h"
#include "engine/kernels/cpu/support_blocked.h"

namespace lathe::kernels {
namespace {

// Measured on one processor that has them all; costs relate multipliers to memory, so they differ little
// between processors of one instruction set.
struct MeasuredCosts {
    std::string_view instructionSet;
    WinogradCosts costs;
};
// The first stands for those that nobody measured.
constexpr MeasuredCosts kMeasured[] = {
    {"avx2", {1.9, 17}}, {"baseline", {0.6, 5}}, {"avx512", {6, 19}}, {"avx512vnni", {6, 19}}};

constexpr double kGain = 0.8;  // of the direct form's time, to be worth more memory and less accuracy

constexpr float kG2[4][3] = {{1, 0, 0}, {0.5f, 0.5f, 0.5f}, {0.5f, -0.5f, 0.5f}, {0, 0, 1}};
constexpr float kG4[6][3] = {{1.0f / 4, 0, 0},
                             {-1.0f / 6, -1.0f / 6, -1.0f / 6},
                             {-1.0f / 6, 1.0f / 6, -1.0f / 6},
                             {1.0f / 24, 1.0f / 12, 1.0f / 6},
                             {1.0f / 24, -1.0f / 12, 1.0f / 6},
                             {0, 0, 1}};

// Whichever takes longer: multiplying, or fetching the weights.
double productCost(const WinogradCosts& costs, double places, double weights) {
    return std::max(places * weights, weights * 4 * costs.weightByte);
}

double winogradCost(const WinogradCosts& costs, const ConvShape& s, int64_t m, double inChannels,
                    double outChannels) {
    const int64_t rows = (s.outHeight + m - 1) / m, columns = (s.outWidth + m - 1) / m;
    const auto tiles = static_cast<double>(rows * columns);
    const auto positions = static_cast<double>((m + 2) * (m + 2));
    return productCost(costs, tiles, positions * inChannels * outChannels) +
           positions * tiles * (inChannels + outChannels) * costs.transform;
}

bool suitsWinograd(const ConvShape& s) {
    return s.kernelHeight == 3 && s.kernelWidth == 3 && s.strideY == 1 && s.strideX == 1 &&
           s.dilationY == 1 && s.dilationX == 1 && s.groups == 1 && s.inChannels >= 16 && s.outChannels >= 16;
}

}  // namespace

WinogradCosts winogradCosts() {
    const auto own = std::find_if(
        std::begin(kMeasured), std::end(kMeasured),
        [](const MeasuredCosts& measured) { return measured.instructionSet == instructionSetName(); });
    return own != std::end(kMeasured) ? own->costs : kMeasured[0].costs;
}

int64_t winogradTile(const ConvShape& s, const ir::Attributes& attributes) {
    const int64_t forced = attributes.integer("winograd_tile", -1);
    if (forced < 0 || !suitsWinograd(s)) return winogradTile(s);
    return forced == 2 || forced == 4 ? forced : 0;
}

int64_t winogradTile(const ConvShape& s, const WinogradCosts& costs) {
    if (!suitsWinograd(s)) return 0;
    const auto in = static_cast<double>(blocksOf(s.inChannels) * channelBlock()),
               out = static_cast<double>(blocksOf(s.outChannels) * channelBlock());
    double best = productCost(costs, static_cast<double>(s.outPlane()), 9 * in * out) * kGain;
    int64_t tile = 0;
    for (const int64_t m : {4, 2}) {
        const double cost = winogradCost(costs, s, m, in, out);
        if (cost >= best) continue;
        best = cost;
        tile = m;
    }
    return tile;
}

void winogradWeights(int64_t m, const float* filters, int64_t width, float* transformed) {
    const auto* g = m == 2 ? kG2 : kG4;
    const int64_t size = m + 2;
    std::vector<float> middle(static_cast<size_t>(size * 3 * width));
    // y += factor * x, elementwise.
    const auto add = [&](float factor, const float* x, float* y, bool first) {
        for (int64_t i = 0; i < width; ++i) y[i] = first ? factor * x[i] : y[i] + factor * x[i];
    };
    for (int64_t i = 0; i < size; ++i)
        for (int64_t x = 0; x < 3; ++x)
            for (int64_t y = 0; y < 3; ++y)
                add(g[i][y], filters + (y * 3 + x) * width, middle.data() + (i * 3 + x) * width, y == 0);
    for (int64_t i = 0; i < size; ++i)
        for (int64_t j = 0; j < size; ++j)
            for (int64_t x = 0; x < 3; ++x)
                add(g[j][x], middle.data() + (i * 3 + x) * width, transformed + (i * size + j) * width,
                    x == 0);
}

double winogradError(int64_t m, const ConvShape& s, const tensor::Tensor& weight) {
    constexpr int64_t kSample = 4;
    const int64_t size = m + 2, block = channelBlock(), positions = size * size;
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    // One channel a step, in the first lane of a block.
    std::vector<float> window(static_cast<size_t>(positions * block), 0), turned(window.size(), 0);
    std::vector<float> sums(static_cast<size_t>(kSample * positions * block), 0);
    std::vector<double> direct(static_cast<size_t>(kSample * m * m), 0);
    const int64_t sample = std::min(kSample, s.outChannels);
    for (int64_t c = 0; c < s.inChannels; ++c) {
        for (int64_t p = 0; p < positions; ++p) window[static_cast<size_t>(p * block)] = normal(random);
        const WinogradInput input{window.data(), size * block, 0, size, 0, size, turned.data(), block};
        (m == 2 ? micro().winogradInput2 : micro().winogradInput4)(input);
        float filters[9 * kSample] = {}, transformed[36 * kSample];
        for (int64_t k = 0; k < sample; ++k)
            for (int64_t t = 0; t < 9; ++t)
                filters[t * kSample + k] = static_cast<float>(
                    weight.realAt((k * s.outChannels / sample * s.inChannels + c) * 9 + t));
        winogradWeights(m, filters, kSample, transformed);
        for (int64_t k = 0; k < sample; ++k) {
            for (int64_t p = 0; p < positions; ++p)
                sums[static_cast<size_t>((k * positions + p) * block)] +=
                    transformed[p * kSample + k] * turned[static_cast<size_t>(p * block)];
            for (int64_t y = 0; y < m; ++y)
                for (int64_t x = 0; x < m; ++x)
                    for (int64_t t = 0; t < 9; ++t)
                        direct[static_cast<size_t>((k * m + y) * m + x)] +=
                            static_cast<double>(filters[t * kSample + k]) *
                            static_cast<double>(
                                window[static_cast<size_t>(((y + t / 3) * size + x + t % 3) * block)]);
        }
    }
    double largest = 0, error = 0;
    const std::vector<float> zeros(static_cast<size_t>(block), 0);
    std::vector<float> result(static_cast<size_t>(m * m * block));
    for (int64_t k = 0; k < sample; ++k) {
        WinogradOutput output;
        output.sums = sums.data() + k * positions * block;
        output.positionStride = block;
        output.out = result.data();
        output.rowPitch = m * block;
        output.rows = output.columns = m;
        output.bias = zeros.data();
        output.low = -std::numeric_limits<float>::infinity();
        output.high = std::numeric_limits<float>::infinity();
        (m == 2 ? micro().winogradOutput2 : micro().winogradOutput4)(output);
        for (int64_t i = 0; i < m * m; ++i) {
            const double truth = direct[static_cast<size_t>(k * m * m + i)];
            largest = std::max(largest, std::fabs(truth));
            error = std::max(error,
                             std::fabs(truth - static_cast<double>(result[static_cast<size_t>(i * block)])));
        }
    }
    return largest > 0 ? error / largest : 0;
}

}  // namespace lathe::kernels
