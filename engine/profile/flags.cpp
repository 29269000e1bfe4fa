#include "engine/profile/flags.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace lathe::profile {
namespace {

constexpr double kDrift = 0.05;
constexpr size_t kFewestForShape = 20;  // samples, below which drift and groups are chance
constexpr double kFallenLimit = 0.99;  // of the limit at the start: the kernel lowers it in steps of percents
constexpr double kFallenClock = 0.85;  // of the clock at the start; clocks wobble by a few percent
constexpr size_t kFewestReadings = 8;
constexpr double kNoisyDeviation = 0.05, kNoisyVariation = 0.3;
constexpr double kCostlyClocks = 0.02;
constexpr int kLowBattery = 20;
constexpr double kSmallLoad = 0.25;  // cores that the services of an idle system may take
// Ashman's D (Ashman, Bird and Zepf 1994) of two halves of one normal distribution is 2.7, of a uniform
// one 3.5.
constexpr double kApart = 5;
constexpr double kGroup = 0.1;  // the least share of a group, and the least difference of two

// Present values of a track from `from` on.
std::vector<double> presentOf(const Track& track, const std::vector<double>& seconds, double from) {
    std::vector<double> values;
    for (size_t i = 0; i < track.values.size() && i < seconds.size(); ++i)
        if (track.values[i] && seconds[i] >= from) values.push_back(*track.values[i]);
    return values;
}

double medianOf(std::span<const double> values) { return statistics(values).median; }

const ClusterState* clusterOf(const DeviceState& state, int core) {
    for (const auto& cluster : state.clusters)
        if (std::find(cluster.cores.begin(), cluster.cores.end(), core) != cluster.cores.end())
            return &cluster;
    return nullptr;
}

// The roles of the clusters that the samples ran on.
std::set<std::string> rolesGot(const Profile& p) {
    std::set<std::string> roles;
    for (const int core : coresGot(p))
        if (const auto* cluster = clusterOf(p.before, core)) roles.insert(cluster->role);
    return roles;
}

bool throttled(const Profile& p) {
    if (p.before.thermalStatus.value_or(0) >= 1 || p.after.thermalStatus.value_or(0) >= 1) return true;
    const auto roles = rolesGot(p);
    const double from = p.starts.empty() ? 0 : p.starts.front();
    for (const auto& track : p.series.tracks) {
        if (track.quantity == Quantity::frequencyLimit) {
            const auto all = presentOf(track, p.series.seconds, 0);
            if (!all.empty() && *std::min_element(all.begin(), all.end()) < kFallenLimit * all.front())
                return true;
        }
        // A cluster that did not work may sleep; of an unknown core any cluster may be meant.
        if (track.quantity == Quantity::frequency && (roles.empty() || roles.contains(track.of))) {
            const auto loaded = presentOf(track, p.series.seconds, from);
            const size_t third = loaded.size() / 3;
            if (loaded.size() >= kFewestReadings &&
                medianOf(std::span(loaded).last(third)) <
                    kFallenClock * medianOf(std::span(loaded).first(third)))
                return true;
        }
    }
    return false;
}

bool drifts(const Profile& p) {
    if (p.seconds.size() < kFewestForShape) return false;
    const std::span all(p.seconds);
    const double first = medianOf(all.first(all.size() / 5)), last = medianOf(all.last(all.size() / 5));
    return std::fabs(last - first) > kDrift * first;
}

bool migrated(const Profile& p) {
    const auto got = coresGot(p);
    const auto& asked = p.conditions.coresAsked;
    const bool elsewhere = !asked.empty() && std::any_of(got.begin(), got.end(), [&](int core) {
        return std::find(asked.begin(), asked.end(), core) == asked.end();
    });
    return elsewhere || rolesGot(p).size() > 1;
}

// Two groups: the split of the sorted samples with the least variance within (Otsu 1979), whose groups are
// then far apart for their width.
bool bimodal(const Profile& p) {
    if (p.seconds.size() < kFewestForShape) return false;
    auto sorted = p.seconds;
    std::sort(sorted.begin(), sorted.end());
    const double middle = sorted[sorted.size() / 2];
    if (middle <= 0) return false;
    const auto n = static_cast<double>(sorted.size());
    double total = 0, squares = 0, below = 0, belowSquares = 0;
    for (auto& value : sorted) {
        value = value / middle - 1;  // so that squares lose no digits
        total += value;
        squares += value * value;
    }
    double least = INFINITY, apart = 0, difference = 0;
    for (size_t i = 0; i + 1 < sorted.size(); ++i) {
        below += sorted[i];
        belowSquares += sorted[i] * sorted[i];
        const double a = static_cast<double>(i + 1), b = n - a;
        if (a < kGroup * n || b < kGroup * n) continue;
        const double meanA = below / a, meanB = (total - below) / b;
        const double varianceA = std::max(0.0, belowSquares / a - meanA * meanA);
        const double varianceB = std::max(0.0, (squares - belowSquares) / b - meanB * meanB);
        const double within = a * varianceA + b * varianceB;
        if (within >= least) continue;
        least = within;
        difference = meanB - meanA;
        apart = std::sqrt(2.0) * difference / std::sqrt(std::max(varianceA + varianceB, 1e-12));
    }
    return difference > kGroup && apart > kApart;
}

bool busy(const Profile& p, int cores) {
    const double needed = p.conditions.threads;
    std::vector<double> others;
    for (const auto& track : p.series.tracks)
        if (track.quantity == Quantity::otherLoad) others = presentOf(track, p.series.seconds, 0);
    // The load of others in the meantime, where the kernel tells; else the average of the minute before,
    // which holds what this program did then.
    if (others.size() >= kFewestReadings) return cores - statistics(others).mean < needed - kSmallLoad;
    return cores - p.conditions.loadAverage < needed;
}

bool onBattery(const Profile& p, const auto& test) {
    return (p.before.battery && test(*p.before.battery)) || (p.after.battery && test(*p.after.battery));
}

}  // namespace

std::vector<Flag> judge(const Profile& p, int cores) {
    std::vector<Flag> flags;
    const auto add = [&](Flag flag, bool holds) {
        if (holds) flags.push_back(flag);
    };
    add(Flag::throttled, throttled(p));
    add(Flag::drift, drifts(p));
    add(Flag::migrated, migrated(p));
    add(Flag::notPinned, !p.conditions.coresAsked.empty() && !p.conditions.pinned);
    add(Flag::bimodal, bimodal(p));
    add(Flag::noisy, p.time.medianAbsoluteDeviation > kNoisyDeviation * p.time.median ||
                         p.time.variation > kNoisyVariation);
    add(Flag::fewSamples, !p.time.hasP90());
    add(Flag::warmStart, p.conditions.cooledDown == false);
    add(Flag::lowBattery, onBattery(p, [](const BatteryState& b) {
            return b.percent && *b.percent < kLowBattery && b.status != "Charging";
        }));
    add(Flag::charging, onBattery(p, [](const BatteryState& b) { return b.status == "Charging"; }));
    add(Flag::batterySaver, p.before.batterySaver == true || p.after.batterySaver == true);
    add(Flag::emulated, p.conditions.emulated);
    add(Flag::partial, p.has(Flag::partial));
    add(Flag::busy, busy(p, cores));
    add(Flag::nodeClocksCostly, p.overhead > kCostlyClocks);
    return flags;
}

bool Profile::has(Flag flag) const { return std::find(flags.begin(), flags.end(), flag) != flags.end(); }

std::vector<int> coresGot(const Profile& profile) {
    std::set<int> cores;
    for (const auto& sample : profile.cores)
        for (const int core : {sample.start, sample.end})
            if (core >= 0) cores.insert(core);
    return {cores.begin(), cores.end()};
}

}  // namespace lathe::profile
