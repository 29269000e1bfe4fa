#include "engine/profile/differences.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/base/cores.h"
#include "engine/profile/flags.h"

namespace lathe::profile {
namespace {

constexpr double kApart = 5;  // degrees at the start

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
    void compare(const char* what, const std::string& a, const std::string& b) {
        if (!a.empty() && !b.empty() && a != b) m_texts.push_back(fmt::format("{}: {} and {}.", what, a, b));
    }
    void compare(const char* what, std::optional<bool> a, std::optional<bool> b) {
        const auto word = [](bool on) { return on ? "yes" : "no"; };
        if (a && b && *a != *b) m_texts.push_back(fmt::format("{}: {} and {}.", what, word(*a), word(*b)));
    }
    void add(std::string text) { m_texts.push_back(std::move(text)); }
    std::vector<std::string> take() { return std::move(m_texts); }

  private:
    std::vector<std::string> m_texts;
};

}  // namespace

std::vector<std::string> differences(const Profile& a, const Profile& b) {
    const auto &x = a.conditions, &y = b.conditions;
    Listing list;
    list.compare("Processor", x.processor, y.processor);
    list.compare("Device", x.device, y.device);
    list.compare("Threads", fmt::format("{}", x.threads), fmt::format("{}", y.threads));
    // Where both have the same cores asked for, which of them a sample got is chance.
    if (x.coresAsked != y.coresAsked) list.compare("Cores", coresOf(a), coresOf(b));
    list.compare("Samples on other cores than asked", a.has(Flag::migrated), b.has(Flag::migrated));
    list.compare("Mode", std::string(name(x.mode)), std::string(name(y.mode)));
    list.compare("Inputs", x.inputShapes, y.inputShapes);
    list.compare("Lathe", x.latheVersion, y.latheVersion);
    list.compare("Governor", governors(a), governors(b));
    list.compare("Battery saver", a.before.batterySaver, b.before.batterySaver);
    list.compare("Charging", charging(a), charging(b));
    const auto warm = hottest(a.before), warmer = hottest(b.before);
    if (warm && warmer && std::fabs(*warm - *warmer) > kApart)
        list.add(fmt::format("Temperature at the start: {:.0f} °C and {:.0f} °C.", *warm, *warmer));
    list.compare("Emulated", x.emulated, y.emulated);
    list.compare("Throttled", a.has(Flag::throttled), b.has(Flag::throttled));
    return list.take();
}

}  // namespace lathe::profile
