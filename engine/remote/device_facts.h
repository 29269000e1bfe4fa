// What a device is and how it is doing now, told by the device itself: one command, read on this computer.
// What a device does not tell is absent, never zero.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/cores.h"
#include "engine/remote/connection.h"

namespace lathe::remote {

using base::Cluster;
using base::clustersOf;
using base::Core;

struct ThermalZone {
    std::string name;
    double celsius = 0;
};

struct Battery {
    std::optional<int> percent;
    std::optional<std::string> status;  // "Charging", "Discharging", "Full", "Not charging"
    std::optional<double> celsius;
};

struct DeviceFacts {
    std::optional<std::string> model;  // "Raspberry Pi 4 Model B Rev 1.4"
    std::optional<std::string> soc;
    std::optional<std::string> abi;     // "aarch64", "x86_64", on Android "arm64-v8a"
    std::optional<std::string> system;  // "Android 14", "Debian GNU/Linux 12 (bookworm)"
    std::optional<std::string> kernel;
    std::optional<int> pageSize;
    std::optional<int> cores;
    std::vector<Cluster> clusters;  // slow ones first; empty when the device does not tell
    std::vector<std::string>
        instructionSets;  // what every core has and kernels may use, by the kernel's names
    std::optional<uint64_t> memoryBytes;
    std::optional<uint64_t> availableMemoryBytes;
    std::optional<uint64_t> freeDiskBytes;  // in Lathe's folder
    std::vector<ThermalZone> thermalZones;
    std::optional<Battery> battery;
    bool emulated = false;  // its times mean nothing
};

// The script that a device runs, and the reading of what it prints. `folder` is the one whose free space
// counts.
std::string factsScript(const std::string& folder);
DeviceFacts parseFacts(std::string_view text);

// Both over a connection. A run prefix with an emulator makes the device emulated.
Outcome<DeviceFacts> readFacts(Connection& connection, base::Deadline deadline,
                               const base::Progress& progress);

}  // namespace lathe::remote
