#include "app/cli/device_flags.h"

#include <fmt/ranges.h>

#include <cstdlib>
#include <sstream>

#include "app/cli/model_file.h"

namespace lathe::cli {

void addDeviceFlags(CLI::App& command, DeviceFlags& flags) {
    command.add_option("--device", flags.device,
                       "Run on a device: adb:SERIAL, ssh:HOST, or local (this computer through the agent)");
    addDeviceOptions(command, flags);
}

void addDeviceOptions(CLI::App& command, DeviceFlags& flags) {
    command.add_option("--device-folder", flags.folder, "Folder on the device for Lathe's files");
    command.add_option("--run-prefix", flags.runPrefix,
                       "Words before the agent's command there, e.g. \"qemu-aarch64-static -cpu max\"");
    command.add_option("--architecture", flags.architecture,
                       "Processor of the agent, x86_64 or aarch64 (default: the device's)");
    command
        .add_option("--device-environment", flags.environment,
                    "NAME=VALUE for the agent there; may be repeated")
        ->allow_extra_args(false);
}

remote::Tools deviceTools() {
    remote::Tools tools;
    if (const char* folder = std::getenv("LATHE_AGENTS")) tools.agents = folder;
    return tools;
}

base::Result<std::shared_ptr<remote::AgentDevice>> agentDevice(const DeviceFlags& flags) {
    remote::DeviceAddress address;
    const auto colon = flags.device.find(':');
    address.transport = flags.device.substr(0, colon);
    if (colon != std::string::npos) address.address = flags.device.substr(colon + 1);
    const auto names = remote::transportNames();
    if (std::find(names.begin(), names.end(), address.transport) == names.end() ||
        (address.transport != "local" && address.address.empty()))
        return base::Error{
            fmt::format("--device {}: name it as adb:SERIAL, ssh:HOST or local.", flags.device),
            base::Error::Kind::usage};
    address.folder = flags.folder;
    address.architecture = flags.architecture;
    std::istringstream words(flags.runPrefix);
    for (std::string word; words >> word;) address.runPrefix.push_back(word);
    for (const auto& text : flags.environment) {
        auto assignment = splitAssignment(text, "--device-environment");
        if (!assignment) return assignment.error();
        address.environment.push_back(std::move(*assignment));
    }
    return remote::AgentDevice::make(std::move(address), deviceTools());
}

base::Result<remote::DevicePtr> chosenDevice(const DeviceFlags& flags) {
    if (flags.given()) {
        auto device = agentDevice(flags);
        if (!device) return device.error();
        return remote::DevicePtr(std::move(*device));
    }
    if (!flags.folder.empty() || !flags.runPrefix.empty() || !flags.architecture.empty() ||
        !flags.environment.empty())
        return base::Error{"Name the device with --device.", base::Error::Kind::usage};
    return remote::thisComputer();
}

}  // namespace lathe::cli
