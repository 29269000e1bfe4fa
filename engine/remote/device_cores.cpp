#include "engine/remote/device_cores.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "engine/base/text.h"

namespace lathe::remote {
namespace {

// Sets a kernel may be chosen by, in the order they came to be.
constexpr std::string_view kSets[] = {
    "asimd",   "fphp",     "asimdhp",  "asimddp",     "i8mm",     "bf16",        "sve",
    "sve2",    "sme",      "sse4_2",   "avx",         "f16c",     "fma",         "avx2",
    "avx512f", "avx512bw", "avx512vl", "avx512_vnni", "avx_vnni", "avx512_bf16", "amx_int8"};

// No frequency in kilohertz and no capacity is larger.
constexpr int64_t kLargest = 1'000'000'000;

std::optional<std::pair<std::string_view, std::string_view>> keyValue(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return {};
    return std::pair(base::trimmed(line.substr(0, colon)), base::trimmed(line.substr(colon + 1)));
}

}  // namespace

std::optional<Core> parseCore(std::string_view line) {
    const auto words = base::split(base::trimmed(line), ' ');
    if (words.empty()) return {};
    const auto number = base::parseInteger(words[0]);
    if (!number) return {};
    Core core;
    core.number = static_cast<int>(*number);
    for (const auto word : words) {
        const auto equals = word.find('=');
        if (equals == std::string_view::npos || equals + 1 == word.size()) continue;
        const auto key = word.substr(0, equals), value = word.substr(equals + 1);
        auto integer = base::parseInteger(value);
        if (integer && (*integer <= 0 || *integer > kLargest)) integer.reset();
        if (key == "capacity" && integer) core.capacity = static_cast<int>(*integer);
        if (key == "max" && integer) core.maxFrequency = *integer * 1000;  // the kernel counts in kilohertz
        if (key == "governor") core.governor = value;
    }
    return core;
}

std::vector<std::string> instructionSetsOf(std::string_view cpuinfo) {
    std::optional<std::set<std::string_view>> common;
    for (const auto line : base::split(cpuinfo, '\n')) {
        const auto entry = keyValue(line);
        if (!entry || (entry->first != "Features" && entry->first != "flags")) continue;
        std::set<std::string_view> sets, both;
        for (const auto word : base::split(entry->second, ' ')) sets.insert(word);
        if (common) {
            std::set_intersection(common->begin(), common->end(), sets.begin(), sets.end(),
                                  std::inserter(both, both.end()));
            sets = both;
        }
        common = sets;
    }
    std::vector<std::string> result;
    for (const auto set : kSets)
        if (common && common->contains(set)) result.emplace_back(set);
    return result;
}

int processorCount(std::string_view cpuinfo) {
    int count = 0;
    for (const auto line : base::split(cpuinfo, '\n'))
        if (const auto entry = keyValue(line)) count += entry->first == "processor";
    return count;
}

std::optional<std::string> cpuinfoValue(std::string_view cpuinfo, std::string_view key) {
    for (const auto line : base::split(cpuinfo, '\n'))
        if (const auto entry = keyValue(line); entry && entry->first == key && !entry->second.empty())
            return std::string(entry->second);
    return {};
}

}  // namespace lathe::remote
