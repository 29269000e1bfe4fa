#include "engine/remote/facts_lines.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/text.h"

namespace lathe::remote {
namespace {

// "0-3, 6".
std::string ranges(const std::vector<int>& cores) {
    std::string text;
    for (size_t i = 0; i < cores.size();) {
        size_t last = i;
        while (last + 1 < cores.size() && cores[last + 1] == cores[last] + 1) ++last;
        text += fmt::format("{}{}", text.empty() ? "" : ", ", cores[i]);
        if (last > i) text += fmt::format("-{}", cores[last]);
        i = last + 1;
    }
    return text;
}

std::string describe(const Cluster& cluster) {
    std::string text = fmt::format("{} ({})", ranges(cluster.cores), cluster.role);
    if (cluster.maxFrequency)
        text += fmt::format(", up to {:.2f} GHz", static_cast<double>(*cluster.maxFrequency) / 1e9);
    if (cluster.governor) text += ", governor " + *cluster.governor;
    return text;
}

std::string describe(const Battery& battery) {
    std::vector<std::string> parts;
    if (battery.percent) parts.push_back(fmt::format("{} %", *battery.percent));
    if (battery.status) parts.push_back(*battery.status);
    if (battery.celsius) parts.push_back(fmt::format("{:.1f} °C", *battery.celsius));
    return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

std::vector<FactLine> factsLines(const DeviceFacts& facts) {
    std::vector<FactLine> lines;
    const auto add = [&](const char* key, const char* name, std::string value) {
        if (!value.empty()) lines.push_back({key, name, std::move(value)});
    };
    add("model", "Model", facts.model.value_or(""));
    add("soc", "SoC", facts.soc.value_or(""));
    add("cores", "Cores", facts.cores ? fmt::format("{}", *facts.cores) : std::string());
    for (size_t i = 0; i < facts.clusters.size(); ++i)
        lines.push_back(
            {fmt::format("cluster{}", i), fmt::format("Cluster {}", i + 1), describe(facts.clusters[i])});
    std::string memory = facts.memoryBytes ? base::formatBytes(*facts.memoryBytes) : std::string();
    if (facts.availableMemoryBytes)
        memory += fmt::format("{}{} available", memory.empty() ? "" : ", ",
                              base::formatBytes(*facts.availableMemoryBytes));
    add("memory", "Memory", memory);
    add("freeDisk", "Free space",
        facts.freeDiskBytes ? base::formatBytes(*facts.freeDiskBytes) : std::string());
    add("system", "System", facts.system.value_or(""));
    add("kernel", "Kernel", facts.kernel.value_or(""));
    add("abi", "ABI", facts.abi.value_or(""));
    add("pageSize", "Page size",
        facts.pageSize ? fmt::format("{} KiB", *facts.pageSize / 1024) : std::string());
    add("instructionSets", "Instruction sets", fmt::format("{}", fmt::join(facts.instructionSets, " ")));
    std::vector<std::string> zones;
    for (const auto& zone : facts.thermalZones)
        zones.push_back(fmt::format("{} {:.1f} °C", zone.name, zone.celsius));
    add("temperature", "Temperature", fmt::format("{}", fmt::join(zones, ", ")));
    if (facts.battery) add("battery", "Battery", describe(*facts.battery));
    if (facts.emulated) add("emulated", "Emulated", "yes: its times mean nothing");
    return lines;
}

}  // namespace lathe::remote
