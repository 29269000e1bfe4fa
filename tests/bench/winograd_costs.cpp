// Fits the costs that choose between direct and Winograd convolution (support_winograd.cpp) to this
// processor. Times both forms of the 3 x 3 shapes of residual networks with one thread, then looks for the
// costs whose choices lose least against the fastest form of every shape. LATHE_CPU chooses the instruction
// set.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <deque>
#include <random>

#include "engine/base/memory_block.h"
#include "engine/kernels/cpu/instruction_set.h"
#include "engine/kernels/cpu/support_winograd.h"
#include "engine/kernels/kernel.h"

namespace lathe::kernels {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int64_t kForms[] = {0, 2, 4};
constexpr int kRounds = 9;
constexpr double kSecondsARound = 0.01;

struct Case {
    int64_t inChannels, outChannels, size;
};

// Large planes with few channels to small planes with many.
constexpr Case kCases[] = {{16, 64, 55},   {32, 32, 112},  {32, 128, 27},  {48, 192, 13},  {64, 64, 56},
                           {64, 64, 112},  {64, 256, 13},  {96, 96, 28},   {128, 128, 14}, {128, 128, 28},
                           {192, 192, 14}, {256, 256, 7},  {256, 256, 14}, {256, 256, 28}, {384, 384, 13},
                           {512, 512, 7},  {512, 512, 14}, {512, 512, 28}, {128, 128, 56}, {64, 64, 28}};

ConvShape shapeOf(const Case& c) {
    ConvShape s;
    s.batch = s.groups = 1;
    s.inChannels = c.inChannels;
    s.outChannels = c.outChannels;
    s.inHeight = s.inWidth = s.outHeight = s.outWidth = c.size;
    s.kernelHeight = s.kernelWidth = 3;
    s.padTop = s.padLeft = 1;
    return s;
}

tensor::Tensor randomTensor(const tensor::Shape& shape) {
    std::mt19937 random(1);
    std::normal_distribution<float> normal(0, 0.05f);
    auto result = tensor::Tensor::zeros(tensor::DataType::float32, shape);
    for (auto& x : result.mutableValues<float>()) x = normal(random);
    return result;
}

// A convolution in one form, ready to be timed.
class Subject {
  public:
    Subject(const Case& c, int64_t tile) : m_weight(randomTensor({c.outChannels, c.inChannels, 3, 3})) {
        m_attributes.set("pads", std::vector<int64_t>{1, 1, 1, 1});
        m_attributes.set("winograd_tile", tile);
        const tensor::Shape x{1, c.inChannels, c.size, c.size}, y{1, c.outChannels, c.size, c.size};
        Site site;
        site.domain = "lathe";
        site.op = "Conv";
        site.attributes = &m_attributes;
        site.inputs = {{tensor::DataType::float32, x, nullptr, Layout::blocked},
                       {tensor::DataType::float32, m_weight.shape(), &m_weight}};
        site.outputs = {{tensor::DataType::float32, y, nullptr, Layout::blocked}};
        m_prepared = std::move(*chooseCpuKernel(site)->prepare(site));
        m_input = base::MemoryBlock(static_cast<size_t>(storedElements(x, Layout::blocked)) * sizeof(float));
        m_output = base::MemoryBlock(static_cast<size_t>(storedElements(y, Layout::blocked)) * sizeof(float));
        m_scratch = base::MemoryBlock(m_prepared->scratchBytes() + 64);
    }

    double seconds() const {
        const std::byte* inputs[] = {m_input.data(), nullptr};
        std::byte* outputs[] = {m_output.data()};
        const RunArguments arguments{inputs, outputs, m_scratch.data(), &m_workers};
        int64_t runs = 0;
        const auto start = Clock::now();
        double passed = 0;
        for (; passed < kSecondsARound; ++runs) {
            m_prepared->run(arguments);
            passed = std::chrono::duration<double>(Clock::now() - start).count();
        }
        return passed / static_cast<double>(runs);
    }

  private:
    tensor::Tensor m_weight;
    ir::Attributes m_attributes;
    base::Workers m_workers{1};
    std::unique_ptr<Prepared> m_prepared;
    base::MemoryBlock m_input, m_output, m_scratch;
};

struct Measured {
    ConvShape shape;
    double seconds[std::size(kForms)] = {};
};

Measured measure(const Case& c) {
    Measured result{shapeOf(c)};
    std::deque<Subject> subjects;  // they stay where they are
    for (const int64_t form : kForms) subjects.emplace_back(c, form);
    std::vector<double> samples[std::size(kForms)];
    for (int round = 0; round < kRounds; ++round)
        for (size_t i = 0; i < subjects.size(); ++i) samples[i].push_back(subjects[i].seconds());
    for (size_t i = 0; i < subjects.size(); ++i) {
        std::nth_element(samples[i].begin(), samples[i].begin() + kRounds / 2, samples[i].end());
        result.seconds[i] = samples[i][kRounds / 2];
    }
    return result;
}

// How much longer the chosen forms take than the fastest, geometric mean less one.
double loss(const std::vector<Measured>& all, const WinogradCosts& costs) {
    double sum = 0;
    for (const auto& measured : all) {
        const auto form =
            std::find(std::begin(kForms), std::end(kForms), winogradTile(measured.shape, costs));
        const double best = *std::min_element(std::begin(measured.seconds), std::end(measured.seconds));
        sum += std::log(measured.seconds[form - std::begin(kForms)] / best);
    }
    return std::exp(sum / static_cast<double>(all.size())) - 1;
}

// The middle, in logarithms, of all costs that choose best.
WinogradCosts leastLoss(const std::vector<Measured>& all) {
    double least = INFINITY, weightByte = 0, transform = 0;
    int count = 0;
    for (double w = 0.25; w <= 16; w *= 1.1)
        for (double t = 1; t <= 40; t *= 1.1) {
            const double lost = loss(all, {w, t});
            if (lost < least - 1e-9) least = lost, weightByte = transform = 0, count = 0;
            if (lost > least + 1e-9) continue;
            weightByte += std::log(w);
            transform += std::log(t);
            ++count;
        }
    return {std::exp(weightByte / count), std::exp(transform / count)};
}

void run() {
    fmt::print("{}, one thread; microseconds of the direct form, F(2, 3), F(4, 3); the form chosen now\n",
               instructionSetName());
    std::vector<Measured> all;
    for (const auto& c : kCases) {
        all.push_back(measure(c));
        const auto& m = all.back();
        fmt::print("{:4} -> {:4}, {:3} x {:3}  {:9.1f} {:9.1f} {:9.1f}   {}\n", c.inChannels, c.outChannels,
                   c.size, c.size, m.seconds[0] * 1e6, m.seconds[1] * 1e6, m.seconds[2] * 1e6,
                   winogradTile(m.shape));
    }
    const auto used = winogradCosts();
    fmt::print(
        "costs in use: a byte of weights {}, an element transformed {}: {:.2f} % slower than the fastest\n",
        used.weightByte, used.transform, 100 * loss(all, used));
    const auto best = leastLoss(all);
    fmt::print("costs of least loss: a byte of weights {:.1f}, an element transformed {:.1f}: {:.2f} %\n",
               best.weightByte, best.transform, 100 * loss(all, best));
}

}  // namespace
}  // namespace lathe::kernels

int main() { lathe::kernels::run(); }
