#include "tests/arm/checks.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace lathe::armtest {

void Checks::note(bool good, double got, double expected) {
    ++m_compared;
    if (good) return;
    if (m_wrong++ == 0) {
        m_got = got;
        m_expected = expected;
    }
}

void Checks::same(int64_t got, int64_t expected) {
    note(got == expected, static_cast<double>(got), static_cast<double>(expected));
}

void Checks::close(float got, double expected, double scale) {
    const bool bothNan = std::isnan(got) && std::isnan(expected);
    const bool equal = static_cast<double>(got) == expected;
    note(bothNan || equal || std::abs(got - expected) <= 1e-5 * std::max(std::abs(expected), scale), got,
         expected);
}

void Checks::close(const std::vector<float>& got, const std::vector<float>& expected, double scale) {
    for (size_t i = 0; i < got.size(); ++i) close(got[i], expected[i], scale);
}

void Checks::same(const std::vector<uint8_t>& got, const std::vector<uint8_t>& expected) {
    for (size_t i = 0; i < got.size(); ++i) same(got[i], expected[i]);
}

void Checks::done(const std::string& name) {
    const bool good = m_wrong == 0 && m_compared > 0;
    ++(good ? m_passed : m_failed);
    if (good)
        std::printf("ok      %s\n", name.c_str());
    else
        std::printf("FAILED  %s: %lld of %lld, first %.9g instead of %.9g\n", name.c_str(),
                    static_cast<long long>(m_wrong), static_cast<long long>(m_compared), m_got, m_expected);
    m_compared = m_wrong = 0;
}

int Checks::finish() const {
    std::printf("%d passed, %d failed\n", m_passed, m_failed);
    return m_failed == 0 ? 0 : 1;
}

int64_t Checks::whole(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(m_random() % static_cast<uint64_t>(high - low + 1));
}

float Checks::number(float low, float high) {
    return low + (high - low) * static_cast<float>(m_random() >> 8) * 0x1p-24f;
}

std::vector<float> Checks::numbers(int64_t count, float low, float high) {
    std::vector<float> result(static_cast<size_t>(count));
    for (float& x : result) x = number(low, high);
    return result;
}

double applied(MicroFunction function, double x) {
    switch (function) {
        case MicroFunction::none:
            return x;
        case MicroFunction::exponential:
            return std::exp(x);
        case MicroFunction::sigmoid:
            return 1 / (1 + std::exp(-x));
        case MicroFunction::tanh:
            return std::tanh(x);
        case MicroFunction::erf:
            return std::erf(x);
        case MicroFunction::gelu:
            return 0.5 * x * (1 + std::erf(x / std::sqrt(2.0)));
        case MicroFunction::geluTanh:
            return 0.5 * x *
                   (1 + std::tanh(std::sqrt(2 / 3.14159265358979323846) * (x + 0.044715 * x * x * x)));
        case MicroFunction::silu:
            return x / (1 + std::exp(-x));
        case MicroFunction::hardSwish:
            return x * clamped(x / 6 + 0.5, 0, 1);
    }
    return x;
}

double clamped(double x, double low, double high) { return x < low ? low : x > high ? high : x; }

ByteFinish randomFinish(Checks& checks, int64_t channels, std::vector<int32_t>& biases,
                        std::vector<float>& scales) {
    ByteFinish f;
    biases = checks.integers<int32_t>(channels, -3000, 3000);
    f.scalesBelowOne = checks.whole(0, 3) != 0;
    scales =
        f.scalesBelowOne ? checks.numbers(channels, 0.0005f, 0.02f) : checks.numbers(channels, 0.5f, 40.0f);
    f.biases = biases.data();
    f.scales = scales.data();
    const int32_t lowest = checks.coin() ? -128 : 0;
    f.zero = lowest + static_cast<int32_t>(checks.whole(0, 255));
    f.low = lowest + static_cast<int32_t>(checks.whole(0, 40));
    f.high = lowest + static_cast<int32_t>(checks.whole(200, 255));
    return f;
}

void addResidual(Checks& checks, ByteFinish& f, const uint8_t* other) {
    f.residual = other;
    f.otherFlip = checks.coin() ? 0x80 : 0;
    f.otherZero = f.otherFlip == 0 && checks.coin() ? 0 : static_cast<int32_t>(checks.whole(0, 255));
    f.ownScale = checks.number(0.01f, 0.1f);
    f.otherScale = checks.number(0.01f, 0.1f);
    if (checks.coin()) {
        f.sumScale = 0.0625f;
        f.sumFactor = 16;  // the exact inverse gives every pair the same result
    } else {
        f.sumScale = checks.number(0.02f, 0.1f);
    }
    if (checks.whole(0, 2) == 0) {  // half of the sums are ties but for the rounding of the products
        f.ownScale = f.otherScale = 0.1f;
        f.sumScale = 0.2f;
        f.sumFactor = 0;
    }
    const int32_t lowest = checks.coin() ? -128 : 0;
    f.sumZero = lowest + static_cast<int32_t>(checks.whole(0, 255));
    f.sumLow = lowest + static_cast<int32_t>(checks.whole(0, 40));
    f.sumHigh = lowest + static_cast<int32_t>(checks.whole(200, 255));
}

uint8_t added(const ByteFinish& f, float n, int64_t at) {
    const float own = n * f.ownScale;
    const float other = static_cast<float>((f.residual[at] ^ f.otherFlip) - f.otherZero) * f.otherScale;
    const float quotient = (own + other) / f.sumScale;
    return static_cast<uint8_t>(
        static_cast<int32_t>(std::nearbyint(clamped(quotient, f.sumLow - f.sumZero, f.sumHigh - f.sumZero))) +
        f.sumZero);
}

uint8_t finished(const ByteFinish& f, int32_t sum, int64_t channel, int64_t at) {
    const auto c = static_cast<size_t>(channel);
    const float x = static_cast<float>(sum) * f.scales[c];
    const double n = std::nearbyint(clamped(x, f.low - f.zero, f.high - f.zero));
    if (f.residual) return added(f, static_cast<float>(n), at);
    return static_cast<uint8_t>(static_cast<int32_t>(n) + f.zero);
}

}  // namespace lathe::armtest
