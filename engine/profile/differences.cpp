#include "engine/profile/differences.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/base/cores.h"
#include "engine/profile/flags.h"

namespace lathe::profile {
namespace {

constexpr double kApart = 5;  // degrees at the start

enum class Condition {
    processor,
    device,
    threads,
    cores,
    migrated,
    mode,
    inputs,
    lathe,
    governor,
    batterySaver,
    charging,
    temperature,
    emulated,
    throttled
};
constexpr std::string_view kNames[] = {"Processor",
                                       "Device",
                                       "Threads",
                                       "Cores",
                                       "Samples on other cores than asked",
                                       "Mode",
                                       "Inputs",
                                       "Lathe",
                                       "Governor",
                                       "Battery saver",
                                       "Charging",
                                       "Temperature at the start",
                                       "Emulated",
                                       "Throttled"};
static_assert(std::size(kNames) == static_cast<size_t>(Condition::throttled) + 1);

// The governors of the clusters that samples ran on; of all where that is not known.
std::string governors(const Profile& p) {
    const auto got = coresGot(p);
    std::string text;
    for (const auto& cluster : p.before.clusters) {
        const bool used =
            got.empty() || std::any_of(got.begin(), got.end(), [&](int core) {
                return std::find(cluster.cores.begin(), cluster.cores.end(), core) != cluster.cores.end();
            });
        if (!used || !cluster.governor) continue;
        if (!text.empty()) text += ", ";
        text += *cluster.governor;
    }
    return text;
}

// Cores that the system moves threads between are no condition; those asked for are.
std::string coresOf(const Profile& p) {
    if (p.conditions.coresAsked.empty()) return "any";
    const auto got = coresGot(p);
    return base::coreListText(got.empty() ? p.conditions.coresAsked : got);
}

std::optional<bool> charging(const Profile& p) {
    if (!p.before.battery || !p.before.battery->status) return {};
    return p.before.battery->status == "Charging";
}

class Listing {
  public:
    void compare(Condition what, const std::string& a, const std::string& b) {
        if (!a.empty() && !b.empty() && a != b) add(what, a, b);
    }
    void compare(Condition what, std::optional<bool> a, std::optional<bool> b) {
        const auto word = [](bool on) { return on ? "yes" : "no"; };
        if (a && b && *a != *b) add(what, word(*a), word(*b));
    }
    void add(Condition what, std::string a, std::string b) {
        m_list.push_back({kNames[static_cast<size_t>(what)], std::move(a), std::move(b)});
    }
    std::vector<Difference> take() { return std::move(m_list); }

  private:
    std::vector<Difference> m_list;
};

}  // namespace

std::span<const std::string_view> conditionNames() { return kNames; }

std::string sentence(const Difference& difference) {
    return fmt::format("{}: {} and {}.", difference.what, difference.a, difference.b);
}

std::vector<Difference> differences(const Profile& a, const Profile& b) {
    const auto &x = a.conditions, &y = b.conditions;
    Listing list;
    list.compare(Condition::processor, x.processor, y.processor);
    list.compare(Condition::device, x.device, y.device);
    list.compare(Condition::threads, fmt::format("{}", x.threads), fmt::format("{}", y.threads));
    // Where both have the same cores asked for, which of them a sample got is chance.
    if (x.coresAsked != y.coresAsked) list.compare(Condition::cores, coresOf(a), coresOf(b));
    list.compare(Condition::migrated, a.has(Flag::migrated), b.has(Flag::migrated));
    list.compare(Condition::mode, std::string(name(x.mode)), std::string(name(y.mode)));
    list.compare(Condition::inputs, x.inputShapes, y.inputShapes);
    list.compare(Condition::lathe, x.latheVersion, y.latheVersion);
    list.compare(Condition::governor, governors(a), governors(b));
    list.compare(Condition::batterySaver, a.before.batterySaver, b.before.batterySaver);
    list.compare(Condition::charging, charging(a), charging(b));
    const auto warm = hottest(a.before), warmer = hottest(b.before);
    if (warm && warmer && std::fabs(*warm - *warmer) > kApart)
        list.add(Condition::temperature, fmt::format("{:.0f} °C", *warm), fmt::format("{:.0f} °C", *warmer));
    list.compare(Condition::emulated, x.emulated, y.emulated);
    list.compare(Condition::throttled, a.has(Flag::throttled), b.has(Flag::throttled));
    return list.take();
}

std::vector<Unlike> unlikeAmong(std::span<const Profile* const> profiles) {
    std::vector<Unlike> list;
    const auto note = [&](Difference difference) {
        auto at = std::find_if(list.begin(), list.end(),
                               [&](const Unlike& unlike) { return unlike.what == difference.what; });
        if (at == list.end()) at = list.insert(at, {difference.what, {}});
        for (auto* value : {&difference.a, &difference.b})
            if (std::find(at->values.begin(), at->values.end(), *value) == at->values.end())
                at->values.push_back(std::move(*value));
    };
    constexpr auto kInputs = kNames[static_cast<size_t>(Condition::inputs)];
    for (size_t i = 1; i < profiles.size(); ++i) {
        for (auto& difference : differences(*profiles[0], *profiles[i]))
            if (difference.what != kInputs) note(std::move(difference));
        const auto& c = profiles[i]->conditions;
        const auto* const* first = std::find_if(&profiles[0], &profiles[i], [&](const Profile* other) {
            return other->conditions.modelHash == c.modelHash;
        });
        const auto& inputs = (*first)->conditions.inputShapes;
        if (!c.modelHash.empty() && !inputs.empty() && !c.inputShapes.empty() && inputs != c.inputShapes)
            note({kInputs, inputs, c.inputShapes});
    }
    return list;
}

}  // namespace lathe::profile
