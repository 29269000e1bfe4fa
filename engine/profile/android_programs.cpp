#include "engine/profile/android_programs.h"

#include <unistd.h>

#include "engine/base/process.h"
#include "engine/base/text.h"

namespace lathe::profile::android {
namespace {

// What a program printed; empty when there is none, or it failed.
std::string outputOf(const std::filesystem::path& root, const char* program,
                     std::vector<std::string> arguments, const base::Progress& progress) {
    const auto path = root / "system/bin" / program;
    if (::access(path.c_str(), X_OK) != 0) return {};
    arguments.insert(arguments.begin(), path.string());
    const auto done = base::runProcess({.arguments = std::move(arguments)}, {},
                                       base::deadlineIn(std::chrono::seconds(3)), progress);
    return done && done->exit.success() ? done->output : std::string();
}

// The number behind "key:" in a text of such lines.
std::optional<int64_t> numberOf(std::string_view text, std::string_view key) {
    for (auto line : base::split(text, '\n')) {
        line = base::trimmed(line);
        if (line.starts_with(key) && line.size() > key.size() && line[key.size()] == ':')
            return base::parseInteger(base::trimmed(line.substr(key.size() + 1)));
    }
    return {};
}

}  // namespace

std::optional<int> thermalStatus(const std::filesystem::path& root, const base::Progress& progress) {
    const auto status = numberOf(outputOf(root, "dumpsys", {"thermalservice"}, progress), "Thermal Status");
    if (!status || *status < 0 || *status > 6) return {};
    return static_cast<int>(*status);
}

std::optional<bool> batterySaver(const std::filesystem::path& root, const base::Progress& progress) {
    const auto text = outputOf(root, "settings", {"get", "global", "low_power"}, progress);
    const auto value = base::parseInteger(base::trimmed(text));
    if (!value) return {};  // "null" when it was never on
    return *value != 0;
}

std::optional<BatteryState> battery(const std::filesystem::path& root, const base::Progress& progress) {
    const auto text = outputOf(root, "dumpsys", {"battery"}, progress);
    BatteryState battery;
    if (const auto level = numberOf(text, "level"); level && *level >= 0 && *level <= 100)
        battery.percent = static_cast<int>(*level);
    constexpr const char* kStates[] = {"Charging", "Discharging", "Not charging", "Full"};
    if (const auto code = numberOf(text, "status"); code && *code >= 2 && *code <= 5)
        battery.status = kStates[*code - 2];
    if (const auto tenths = numberOf(text, "temperature"); tenths && *tenths > -500 && *tenths < 2000)
        battery.celsius = static_cast<double>(*tenths) / 10;
    if (battery == BatteryState{}) return {};
    return battery;
}

bool isEmulated(const std::filesystem::path& root, const base::Progress& progress) {
    for (const auto* property : {"ro.kernel.qemu", "ro.boot.qemu"})
        if (base::trimmed(outputOf(root, "getprop", {property}, progress)) == "1") return true;
    return false;
}

}  // namespace lathe::profile::android
