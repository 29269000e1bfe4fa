#include "engine/profile/cool_down.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "engine/profile/device_state_reader.h"

namespace lathe::profile {
namespace {

constexpr double kTolerance = 2;  // degrees
constexpr auto kLook = std::chrono::milliseconds(500);
constexpr auto kBreath = std::chrono::milliseconds(50);  // between two looks at whether to stop

}  // namespace

base::Result<std::optional<CooledDown>> waitUntilCool(const std::filesystem::path& root, double celsius,
                                                      double mostSeconds, const base::Progress& progress) {
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    while (true) {
        const auto now = readTemperature(root);
        if (!now) return std::optional<CooledDown>();
        const double waited = std::chrono::duration<double>(Clock::now() - start).count();
        if (*now <= celsius + kTolerance || waited >= mostSeconds)
            return std::optional(CooledDown{waited, *now <= celsius + kTolerance});
        progress.report(
            std::min(1.0, waited / mostSeconds),
            fmt::format("Cooling down: {:.1f} °C, waiting for {:.1f} °C", *now, celsius + kTolerance));
        for (const auto next = Clock::now() + kLook; Clock::now() < next;) {
            if (auto status = progress.check(); !status) return status.error();
            std::this_thread::sleep_for(kBreath);
        }
    }
}

}  // namespace lathe::profile
