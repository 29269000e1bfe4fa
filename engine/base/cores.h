// The cores of a computer: which are of one kind, and which of them a person means by "big" or "0,2-5".
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace lathe::base {

// What the kernel tells of one core; what it does not tell is absent.
struct Core {
    int number = 0;
    std::optional<int64_t> maxFrequency = {};  // hertz, of the hardware
    std::optional<int> capacity = {};          // of 1024, as the kernel's scheduler sees it
    std::optional<std::string> governor = {};
};

// Cores of one kind.
struct Cluster {
    std::vector<int> cores;
    std::optional<int64_t> maxFrequency;  // hertz
    std::optional<int> capacity;          // of 1024, as the kernel's scheduler sees it
    std::optional<std::string> governor;
    std::string role;  // "all" when there is one cluster, else "little", "middle", "big" upwards
};

// Groups cores of the same capacity or, where the kernel tells none, of about the same highest frequency: the
// best cores of a desktop processor differ by a few percent and are no cluster. Empty when neither is told.
std::vector<Cluster> clustersOf(const std::vector<Core>& cores);

// The cores that are online, from the kernel's files; `root` is another folder than "/" in tests. Numbered
// from 0 without more when the files are missing.
std::vector<Core> readCores(const std::filesystem::path& root = "/");

// "0-3,6" as the kernel writes it and people do. Nothing when it is anything else.
std::optional<std::vector<int>> parseCoreList(std::string_view text);
std::string coreListText(const std::vector<int>& cores);

// The cores that a choice means: "" none in particular (an empty list), "all", "big", "middle", "little", or
// a list such as "0,2-5". The error says what there is instead. Without clusters every core is big.
Result<std::vector<int>> chooseCores(std::string_view choice, const std::vector<Core>& cores);

}  // namespace lathe::base
