#include "engine/base/cores.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <tuple>

#include "engine/base/kernel_files.h"
#include "engine/base/text.h"

namespace lathe::base {
namespace {

// Frequencies this close are one kind of core.
constexpr double kSameFrequency = 0.85;
// No frequency in kilohertz and no capacity is larger.
constexpr int64_t kLargest = 1'000'000'000;
// No core has a larger number: a list of cores may come from another program.
constexpr int64_t kMostCores = 4096;

std::string roleOf(size_t index, size_t count) {
    if (count == 1) return "all";
    if (index == 0) return "little";
    return index + 1 == count ? "big" : "middle";
}

bool sameKind(const Cluster& cluster, const Core& core) {
    if (cluster.capacity || core.capacity) return cluster.capacity == core.capacity;
    if (!cluster.maxFrequency || !core.maxFrequency) return cluster.maxFrequency == core.maxFrequency;
    return static_cast<double>(*cluster.maxFrequency) >=
           kSameFrequency * static_cast<double>(*core.maxFrequency);
}

std::vector<int> numbersOf(const std::vector<Core>& cores) {
    std::vector<int> numbers;
    numbers.reserve(cores.size());
    for (const auto& core : cores) numbers.push_back(core.number);
    return numbers;
}

std::string whatThereIs(const std::vector<Cluster>& clusters, const std::vector<Core>& cores) {
    if (clusters.size() < 2) return "cores " + coreListText(numbersOf(cores)) + ", all of one kind";
    std::string text;
    for (const auto& cluster : clusters)
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", cluster.role, coreListText(cluster.cores));
    return text;
}

}  // namespace

std::vector<Cluster> clustersOf(const std::vector<Core>& cores) {
    auto sorted = cores;
    std::sort(sorted.begin(), sorted.end(), [](const Core& a, const Core& b) {
        return std::tuple(a.capacity.value_or(0), a.maxFrequency.value_or(0), a.number) <
               std::tuple(b.capacity.value_or(0), b.maxFrequency.value_or(0), b.number);
    });
    std::vector<Cluster> clusters;
    for (const auto& core : sorted) {
        if (!core.capacity && !core.maxFrequency) continue;
        if (clusters.empty() || !sameKind(clusters.back(), core))
            clusters.push_back({{}, core.maxFrequency, core.capacity, core.governor, {}});
        auto& cluster = clusters.back();
        cluster.cores.push_back(core.number);
        if (core.maxFrequency)
            cluster.maxFrequency = std::max(cluster.maxFrequency.value_or(0), *core.maxFrequency);
    }
    for (size_t i = 0; i < clusters.size(); ++i) {
        std::sort(clusters[i].cores.begin(), clusters[i].cores.end());
        clusters[i].role = roleOf(i, clusters.size());
    }
    return clusters;
}

std::vector<Core> readCores(const std::filesystem::path& root) {
    const auto folder = root / "sys/devices/system/cpu";
    auto online = parseCoreList(kernelText(folder / "online").value_or(""));
    if (!online) {
        online.emplace();
        for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i)
            online->push_back(static_cast<int>(i));
    }
    std::vector<Core> cores;
    for (const int number : *online) {
        const auto files = folder / fmt::format("cpu{}", number);
        Core core{.number = number};
        const auto sane = [](std::optional<int64_t> value) {
            return value && *value > 0 && *value <= kLargest ? value : std::nullopt;
        };
        if (const auto capacity = sane(kernelInteger(files / "cpu_capacity")))
            core.capacity = static_cast<int>(*capacity);
        if (const auto most = sane(kernelInteger(files / "cpufreq/cpuinfo_max_freq")))
            core.maxFrequency = *most * 1000;  // the kernel counts in kilohertz
        core.governor = kernelText(files / "cpufreq/scaling_governor");
        cores.push_back(std::move(core));
    }
    return cores;
}

std::optional<std::vector<int>> parseCoreList(std::string_view text) {
    std::vector<int> cores;
    for (const auto part : split(trimmed(text), ',')) {
        const auto dash = part.find('-');
        const auto first = parseInteger(trimmed(part.substr(0, dash)));
        const auto last =
            dash == std::string_view::npos ? first : parseInteger(trimmed(part.substr(dash + 1)));
        if (!first || !last || *first < 0 || *last < *first || *last >= kMostCores) return {};
        for (int64_t core = *first; core <= *last; ++core) cores.push_back(static_cast<int>(core));
    }
    if (cores.empty()) return {};
    std::sort(cores.begin(), cores.end());
    cores.erase(std::unique(cores.begin(), cores.end()), cores.end());
    return cores;
}

std::string coreListText(const std::vector<int>& cores) {
    std::string text;
    for (size_t i = 0; i < cores.size();) {
        size_t end = i + 1;
        while (end < cores.size() && cores[end] == cores[end - 1] + 1) ++end;
        if (!text.empty()) text += ',';
        text += end == i + 1 ? fmt::format("{}", cores[i]) : fmt::format("{}-{}", cores[i], cores[end - 1]);
        i = end;
    }
    return text;
}

Result<std::vector<int>> chooseCores(std::string_view choice, const std::vector<Core>& cores) {
    if (choice.empty()) return std::vector<int>{};
    if (choice == "all") return numbersOf(cores);
    const auto clusters = clustersOf(cores);
    const bool one = clusters.size() < 2;
    if (choice == "big" && one) return numbersOf(cores);
    for (const auto& cluster : clusters)
        if (!one && cluster.role == choice) return cluster.cores;
    const auto list = parseCoreList(choice);
    if (!list)
        return Error{fmt::format("There are no cores \"{}\" here. There are {}.", choice,
                                 whatThereIs(clusters, cores)),
                     Error::Kind::usage};
    for (const int number : *list)
        if (std::none_of(cores.begin(), cores.end(), [&](const Core& c) { return c.number == number; }))
            return Error{
                fmt::format("There is no core {} here. There are {}.", number, whatThereIs(clusters, cores)),
                Error::Kind::usage};
    return *list;
}

}  // namespace lathe::base
