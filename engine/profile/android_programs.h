// What only Android's own programs tell a shell. Each is looked for where Android keeps it, so that nothing
// is started elsewhere, and is given three seconds.
#pragma once

#include <filesystem>

#include "engine/base/progress.h"
#include "engine/profile/device_state.h"

namespace lathe::profile::android {

std::optional<int> thermalStatus(const std::filesystem::path& root, const base::Progress& progress);
std::optional<bool> batterySaver(const std::filesystem::path& root, const base::Progress& progress);
// The kernel's own files of the battery are closed to the shell of most phones. Without watts.
std::optional<BatteryState> battery(const std::filesystem::path& root, const base::Progress& progress);
bool isEmulated(const std::filesystem::path& root, const base::Progress& progress);

}  // namespace lathe::profile::android
