#include "tests/engine/remote/fault_table.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <random>
#include <thread>

#include "tests/support/time_scale.h"

namespace lathe::test {

using Clock = std::chrono::steady_clock;

int faultMoments() {
    const char* chosen = std::getenv("LATHE_FAULT_MOMENTS");
    return chosen ? std::atoi(chosen) : 1;
}

void inflict(const Fault& fault, unsigned seed, std::chrono::milliseconds duration,
             const std::function<std::optional<remote::Failure>(int)>& session) {
    std::mt19937 random(seed);
    const auto latest = fault.within.count() > 0 ? fault.within : duration;
    std::uniform_int_distribution<int> moment(0, static_cast<int>(latest.count()));
    Clock::duration longest{0};
    int hit = 0;
    for (int i = 0; i < faultMoments(); ++i) {
        const int wait = moment(random);
        std::atomic<Clock::time_point> harmed = Clock::time_point();
        std::thread other([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(wait));
            harmed = Clock::now();
            fault.harm();
        });
        const auto failure = session(i);
        const auto ended = Clock::now();
        other.join();
        fault.heal();
        if (!failure) continue;  // too late, or between two uses of the link
        ++hit;
        longest = std::max(longest, ended - harmed.load());
        EXPECT_LT(ended - harmed.load(), fault.limit * kTimeScale)
            << fault.name << " after " << wait << " ms";
        EXPECT_TRUE(std::count(fault.reasons.begin(), fault.reasons.end(), failure->kind))
            << fault.name << " after " << wait << " ms: " << name(failure->kind) << ": " << failure->text();
    }
    fmt::print("{:<22} {:>2} moments, {:>2} hit, longest {:.1f} s\n", fault.name, faultMoments(), hit,
               std::chrono::duration<double>(longest).count());
}

}  // namespace lathe::test
