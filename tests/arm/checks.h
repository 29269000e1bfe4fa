// What the parts of micro_test share: random numbers, counted checks, the naive forms of what ends every
// loop.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "engine/kernels/cpu/micro.h"

namespace lathe::armtest {

using kernels::ByteFinish;
using kernels::Micro;
using kernels::MicroFunction;

// Prints one line a check; the same seed each time.
class Checks {
  public:
    explicit Checks(const Micro& table) : micro(table), lanes(table.columns / 2) {}

    // Results of one check are gathered until it is closed by its name.
    void same(int64_t got, int64_t expected);
    // To 1e-5 of the larger of the expected number and `scale`, the size of what it was computed from.
    void close(float got, double expected, double scale = 1);
    void close(const std::vector<float>& got, const std::vector<float>& expected, double scale = 1);
    void same(const std::vector<uint8_t>& got, const std::vector<uint8_t>& expected);
    void done(const std::string& name);
    int finish() const;  // prints the totals; the exit status

    int64_t whole(int64_t low, int64_t high);  // both included
    float number(float low = -1, float high = 1);
    bool coin() { return whole(0, 1) == 1; }
    std::vector<float> numbers(int64_t count, float low = -1, float high = 1);
    template <typename T>
    std::vector<T> integers(int64_t count, int64_t low, int64_t high) {
        std::vector<T> result(static_cast<size_t>(count));
        for (auto& x : result) x = static_cast<T>(whole(low, high));
        return result;
    }

    const Micro& micro;
    const int64_t lanes;

  private:
    void note(bool good, double got, double expected);

    std::mt19937 m_random{7};
    int64_t m_compared = 0, m_wrong = 0;
    double m_got = 0, m_expected = 0;  // of the first that was wrong
    int m_passed = 0, m_failed = 0;
};

constexpr MicroFunction kFunctions[] = {
    MicroFunction::none,     MicroFunction::exponential, MicroFunction::sigmoid,
    MicroFunction::tanh,     MicroFunction::erf,         MicroFunction::gelu,
    MicroFunction::geluTanh, MicroFunction::silu,        MicroFunction::hardSwish};
double applied(MicroFunction function, double x);
double clamped(double x, double low, double high);

// Scales, zero points, limits of one random quantization; biases and scales for `channels`, kept by the
// caller.
ByteFinish randomFinish(Checks& checks, int64_t channels, std::vector<int32_t>& biases,
                        std::vector<float>& scales);
// Adds a residual of `other`, for sums of codes from randomFinish.
void addResidual(Checks& checks, ByteFinish& finish, const uint8_t* other);
// What the head of ByteFinish says, for one sum (with its bias) or one number of an addition.
uint8_t finished(const ByteFinish& finish, int32_t sum, int64_t channel, int64_t at);
uint8_t added(const ByteFinish& finish, float number, int64_t at);

void checkFloatTile(Checks& checks);
void checkIntegers(Checks& checks);
void checkByteTile(Checks& checks);
void checkByteDepthwise(Checks& checks);
void checkBlocks(Checks& checks);
void checkRows(Checks& checks);
void checkHalves(Checks& checks);

}  // namespace lathe::armtest
