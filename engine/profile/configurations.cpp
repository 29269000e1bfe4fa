// The configurations worth a try: few, because each takes its time.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/profile/search.h"

namespace lathe::profile {
namespace {

// All numbers up to eight; then as many as half a power of two apart: 12, 16, 24, 32, ...
std::vector<int> threadCounts(int most) {
    std::set<int> counts = {most};
    for (int count = 1; count < std::min(most, 9); ++count) counts.insert(count);
    for (int count = 12; count < most; count *= 2) counts.insert(count);
    for (int count = 16; count < most; count *= 2) counts.insert(count);
    return {counts.begin(), counts.end()};
}

// Copies side by side: of each thread count that is a power of two, as many as there is room for.
void addCopies(std::vector<Configuration>& list, const std::string& where, const std::vector<int>& cores) {
    const int room = static_cast<int>(cores.size());
    for (int threads = 1; room / threads >= 2; threads *= 2) {
        Configuration configuration{room / threads, threads, where, {}};
        for (int copy = 0; copy < configuration.copies; ++copy)
            configuration.cores.emplace_back(cores.begin() + copy * threads,
                                             cores.begin() + (copy + 1) * threads);
        list.push_back(std::move(configuration));
    }
}

}  // namespace

std::string describe(const Configuration& c) {
    std::string text = c.copies > 1 ? fmt::format("{} copies x ", c.copies) : std::string();
    text += fmt::format("{} thread{}", c.threads, c.threads == 1 ? "" : "s");
    if (!c.where.empty()) text += " on " + c.where;
    return text;
}

std::vector<Configuration> configurations(const std::vector<base::Core>& cores, bool copies) {
    auto clusters = base::clustersOf(cores);
    std::reverse(clusters.begin(), clusters.end());  // the fast ones first
    const bool kinds = clusters.size() > 1;
    std::vector<Configuration> list;
    std::vector<int> all;
    if (kinds)
        for (const auto& cluster : clusters)
            all.insert(all.end(), cluster.cores.begin(), cluster.cores.end());
    else
        for (const auto& core : cores) all.push_back(core.number);
    if (kinds)
        for (const auto& cluster : clusters)
            for (const int threads : threadCounts(static_cast<int>(cluster.cores.size())))
                list.push_back({1, threads, cluster.role, {cluster.cores}});
    else
        for (const int threads : threadCounts(static_cast<int>(all.size())))
            list.push_back({1, threads, {}, {}});
    if (kinds) list.push_back({1, static_cast<int>(all.size()), "all", {all}});
    if (!copies) return list;
    // Fast cores alone may do more than when slow ones share their memory and heat.
    if (kinds) {
        const auto slow = clusters.back().cores.size();
        if (all.size() > slow)
            addCopies(list, "fast", std::vector<int>(all.begin(), all.end() - static_cast<ptrdiff_t>(slow)));
    }
    addCopies(list, kinds ? "all" : "", all);
    return list;
}

}  // namespace lathe::profile
