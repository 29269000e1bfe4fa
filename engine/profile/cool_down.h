// Waiting for a device to be as cool as it was.
#pragma once

#include <filesystem>

#include "engine/base/progress.h"
#include "engine/base/result.h"

namespace lathe::profile {

struct CoolDown {
    double mostSeconds = 0;                  // 0: do not wait
    std::optional<double> restCelsius = {};  // of the device at rest; absent: as it is when the call begins
};

struct CooledDown {
    double seconds = 0;  // waited
    bool cool = false;   // within two degrees of rest
};

// Until the temperature is at most two degrees above `celsius`. Nothing when the device tells no temperature.
base::Result<std::optional<CooledDown>> waitUntilCool(const std::filesystem::path& root, double celsius,
                                                      double mostSeconds, const base::Progress& progress);

}  // namespace lathe::profile
