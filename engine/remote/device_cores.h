// Cores and instruction sets, from the kernel's texts.
#pragma once

#include "engine/remote/device_facts.h"

namespace lathe::remote {

// One core as the script prints it: "NUMBER key=value ...", a missing value being a missing file.
struct Core {
    int number = 0;
    std::optional<int64_t> maxFrequency;  // hertz
    std::optional<int> capacity;
    std::optional<std::string> governor;
};
std::optional<Core> parseCore(std::string_view line);

// Groups cores of the same capacity or, where the kernel tells none, of about the same highest frequency: the
// best cores of a desktop processor differ by a few percent and are no cluster. Empty when neither is told.
std::vector<Cluster> clustersOf(const std::vector<Core>& cores);

// From /proc/cpuinfo: what all processors have in common of the sets that matter here.
std::vector<std::string> instructionSetsOf(std::string_view cpuinfo);
int processorCount(std::string_view cpuinfo);
// The first "KEY : VALUE" of /proc/cpuinfo.
std::optional<std::string> cpuinfoValue(std::string_view cpuinfo, std::string_view key);

}  // namespace lathe::remote
