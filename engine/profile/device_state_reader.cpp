#include "engine/profile/device_state_reader.h"

#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <system_error>

#include "engine/base/cores.h"
#include "engine/base/kernel_files.h"
#include "engine/base/text.h"
#include "engine/profile/android_programs.h"

namespace lathe::profile {
namespace {

using base::kernelInteger;
using base::kernelText;
namespace fs = std::filesystem;

// What a device can take from its battery; the rest are units that nobody told us.
constexpr double kLeastWatts = 0.05, kMostWatts = 100;

std::vector<fs::path> entriesOf(const fs::path& folder, std::string_view prefix) {
    std::vector<fs::path> paths;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (it->path().filename().string().starts_with(prefix)) paths.push_back(it->path());
    std::sort(paths.begin(), paths.end());
    return paths;
}

std::optional<double> hertz(const fs::path& file) {
    const auto kilohertz = kernelInteger(file);
    if (!kilohertz || *kilohertz <= 0) return {};
    return static_cast<double>(*kilohertz) * 1000;
}

// The larger one; absent only when both are.
std::optional<double> larger(std::optional<double> a, std::optional<double> b) {
    return a && b ? std::optional(std::max(*a, *b)) : (a ? a : b);
}

std::vector<ClusterState> clustersNow(const fs::path& root, const std::vector<base::Core>& cores) {
    auto clusters = base::clustersOf(cores);
    if (clusters.empty()) return {};
    std::vector<ClusterState> states;
    for (const auto& cluster : clusters) {
        ClusterState state{cluster.role, cluster.cores, {}, {}, cluster.governor};
        for (const int core : cluster.cores) {
            const auto files = root / "sys/devices/system/cpu" / fmt::format("cpu{}", core) / "cpufreq";
            state.hertz = larger(state.hertz, hertz(files / "scaling_cur_freq"));
            state.hertzAllowed = larger(state.hertzAllowed, hertz(files / "scaling_max_freq"));
        }
        states.push_back(std::move(state));
    }
    return states;
}

// Thousandths of a degree. Sensors that are switched off say nonsense such as -273 degrees or zero.
std::optional<double> celsiusOf(std::optional<int64_t> thousandths) {
    if (!thousandths || *thousandths <= -50'000 || *thousandths == 0 || *thousandths > 200'000) return {};
    return static_cast<double>(*thousandths) / 1000;
}

std::vector<ZoneState> zonesNow(const fs::path& root) {
    std::vector<ZoneState> zones;
    for (const auto& zone : entriesOf(root / "sys/class/thermal", "thermal_zone"))
        if (const auto celsius = celsiusOf(kernelInteger(zone / "temp")))
            zones.push_back({kernelText(zone / "type").value_or(zone.filename().string()), *celsius});
    return zones;
}

std::optional<BatteryState> batteryNow(const fs::path& root) {
    for (const auto& supply : entriesOf(root / "sys/class/power_supply", "")) {
        if (kernelText(supply / "type") != "Battery") continue;
        BatteryState battery;
        if (const auto percent = kernelInteger(supply / "capacity"); percent && *percent >= 0)
            battery.percent = static_cast<int>(std::min<int64_t>(*percent, 100));
        battery.status = kernelText(supply / "status");
        if (const auto tenths = kernelInteger(supply / "temp"))
            if (const auto celsius = celsiusOf(*tenths > 10'000 ? 0 : *tenths * 100))
                battery.celsius = celsius;
        // Microamperes, whose sign differs between makers, and microvolts.
        const auto current = kernelInteger(supply / "current_now"),
                   voltage = kernelInteger(supply / "voltage_now");
        if (current && voltage && battery.status == "Discharging") {
            const double watts =
                std::fabs(static_cast<double>(*current)) * static_cast<double>(*voltage) * 1e-12;
            if (watts >= kLeastWatts && watts <= kMostWatts) battery.watts = watts;
        }
        if (battery == BatteryState{}) return {};
        return battery;
    }
    return {};
}

double sumOfFirst(std::string_view numbers, size_t count) {
    double sum = 0;
    for (const auto word : base::split(numbers, ' ')) {
        if (word.empty()) continue;
        if (count-- == 0) break;
        sum += static_cast<double>(base::parseInteger(word).value_or(0));
    }
    return sum;
}

}  // namespace

std::optional<double> hottest(const DeviceState& state) {
    const auto ofProcessor = [](const ZoneState& zone) {
        std::string lower = zone.name;
        for (auto& letter : lower)
            if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
        for (const auto* word : {"cpu", "soc", "pkg", "core", "k10temp"})
            if (lower.find(word) != std::string::npos) return true;
        return false;
    };
    std::optional<double> processor, any;
    for (const auto& zone : state.zones) {
        if (ofProcessor(zone)) processor = larger(processor, zone.celsius);
        any = larger(any, zone.celsius);
    }
    return processor ? processor : any;
}

DeviceState readDeviceState(const fs::path& root) {
    const auto cores = base::readCores(root);
    DeviceState state;
    state.clusters = clustersNow(root, cores);
    state.zones = zonesNow(root);
    state.battery = batteryNow(root);
    if (base::kernelText(root / "sys/devices/system/cpu/online"))
        state.onlineCores = static_cast<int>(cores.size());
    return state;
}

DeviceState readWholeDeviceState(const fs::path& root, const base::Progress& progress) {
    auto state = readDeviceState(root);
    state.thermalStatus = android::thermalStatus(root, progress);
    state.batterySaver = android::batterySaver(root, progress);
    if (!state.battery) state.battery = android::battery(root, progress);
    return state;
}

std::optional<double> readTemperature(const fs::path& root) {
    DeviceState state;
    state.zones = zonesNow(root);
    return hottest(state);
}

bool isEmulated(const fs::path& root, const base::Progress& progress) {
    if (android::isEmulated(root, progress)) return true;
    // qemu says the machine that it is asked for, and shows the processor of its host.
    utsname system{};
    if (::uname(&system) != 0 || std::string_view(system.machine) == "x86_64") return false;
    const auto text = base::kernelFile(root / "proc/cpuinfo");
    return text.starts_with("vendor_id") || text.find("\nvendor_id") != std::string::npos;
}

std::optional<ProcessorTime> readProcessorTime(const fs::path& root) {
    // "cpu  user nice system idle iowait irq softirq steal ..."
    const auto all = kernelText(root / "proc/stat");
    // "number (name, which may hold spaces) state ... user system ...": the 14th and 15th.
    const auto own = kernelText(root / "proc/self/stat");
    if (!all || !all->starts_with("cpu ") || !own) return {};
    const auto behind = own->rfind(')');
    if (behind == std::string::npos) return {};
    const auto fields = base::split(base::trimmed(std::string_view(*own).substr(behind + 1)), ' ');
    if (fields.size() < 13) return {};
    const std::string_view numbers = base::trimmed(std::string_view(*all).substr(4));
    const double idle = sumOfFirst(numbers, 5) - sumOfFirst(numbers, 3);
    const double ticks = static_cast<double>(std::max(1L, ::sysconf(_SC_CLK_TCK)));
    const auto field = [&](size_t i) {
        return static_cast<double>(base::parseInteger(fields[i]).value_or(0));
    };
    return ProcessorTime{(sumOfFirst(numbers, 8) - idle) / ticks, (field(11) + field(12)) / ticks};
}

}  // namespace lathe::profile
