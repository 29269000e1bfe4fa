// Cores and instruction sets, from the kernel's texts.
#pragma once

#include "engine/remote/device_facts.h"

namespace lathe::remote {

// One core from the script's line "NUMBER key=value ...", a missing value being a missing file.
std::optional<Core> parseCore(std::string_view line);

// From /proc/cpuinfo: what all processors have in common of the sets that matter here.
std::vector<std::string> instructionSetsOf(std::string_view cpuinfo);
int processorCount(std::string_view cpuinfo);
// The first "KEY : VALUE" of /proc/cpuinfo.
std::optional<std::string> cpuinfoValue(std::string_view cpuinfo, std::string_view key);

}  // namespace lathe::remote
