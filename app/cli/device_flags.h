// Where a verb runs the model: this computer, or a device that is named on the command line.
#pragma once

#include <string>
#include <vector>

#include "app/cli/verb.h"
#include "engine/remote/agent_device.h"

namespace lathe::cli {

struct DeviceFlags {
    std::string device;  // "adb:SERIAL", "ssh:HOST", "local"; empty: this computer, in this process
    std::string folder, runPrefix, architecture;
    std::vector<std::string> environment;  // NAME=VALUE

    bool given() const { return !device.empty(); }
};

void addDeviceFlags(CLI::App& command, DeviceFlags& flags);
// The flags that say how to use a device, without the one that names it.
void addDeviceOptions(CLI::App& command, DeviceFlags& flags);

base::Result<remote::DevicePtr> chosenDevice(const DeviceFlags& flags);
// Of a device that is not this process.
base::Result<std::shared_ptr<remote::AgentDevice>> agentDevice(const DeviceFlags& flags);
// The programs that reach devices: those in PATH.
remote::Tools deviceTools();

}  // namespace lathe::cli
