// Reads how this device is doing from the kernel's files, and on Android from a few programs.
#pragma once

#include <filesystem>

#include "engine/base/progress.h"
#include "engine/profile/device_state.h"

namespace lathe::profile {

// Only the kernel's files: some milliseconds on a phone. `root` is another folder than "/" in tests.
DeviceState readDeviceState(const std::filesystem::path& root);
// With what Android's programs tell, where they exist: up to a second.
DeviceState readWholeDeviceState(const std::filesystem::path& root, const base::Progress& progress);
// The temperature that hottest() gives, without the rest.
std::optional<double> readTemperature(const std::filesystem::path& root);
// An emulator runs this program, as far as the device tells: its times mean nothing.
bool isEmulated(const std::filesystem::path& root, const base::Progress& progress);

// Seconds of processor time since the device and since this process started: of two readings the difference
// is what others took. Absent when the kernel does not tell.
struct ProcessorTime {
    double everybody = 0, own = 0;
};
std::optional<ProcessorTime> readProcessorTime(const std::filesystem::path& root);

}  // namespace lathe::profile
