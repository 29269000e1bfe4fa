// How a device is doing at one moment. What it does not tell is absent, never zero.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lathe::profile {

// Cores of one kind.
struct ClusterState {
    std::string role;  // "all", or "little", "middle", "big"
    std::vector<int> cores;
    std::optional<double> hertz;         // of its fastest core now
    std::optional<double> hertzAllowed;  // the most that the kernel allows now: heat lowers it
    std::optional<std::string> governor;
    bool operator==(const ClusterState&) const = default;
};

struct ZoneState {
    std::string name;
    double celsius = 0;
    bool operator==(const ZoneState&) const = default;
};

struct BatteryState {
    std::optional<int> percent;
    std::optional<std::string> status;  // "Charging", "Discharging", "Full", "Not charging"
    std::optional<double> celsius;
    std::optional<double> watts;  // what the whole device takes from it; only while discharging, and coarse
    bool operator==(const BatteryState&) const = default;
};

struct DeviceState {
    std::vector<ClusterState> clusters;  // slow ones first
    std::vector<ZoneState> zones;
    std::optional<BatteryState> battery;
    std::optional<int> onlineCores;
    // Told by programs of Android, which are slow to start: not read in the middle of a measurement.
    std::optional<int> thermalStatus;  // 0 none, 1 light, 2 moderate, 3 severe, ...
    std::optional<bool> batterySaver;
    bool operator==(const DeviceState&) const = default;
};

// The warmest sensor of the processor or, where none has such a name, of all.
std::optional<double> hottest(const DeviceState& state);

}  // namespace lathe::profile
