#include <algorithm>
#include <iterator>

#include "engine/profile/flags.h"

namespace lathe::profile {
namespace {

struct Words {
    std::string_view name, title, explanation;
    std::string_view before = {};  // what earlier versions began their text with
};

constexpr Words kFlags[] = {
    {"throttled", "throttled",
     "The device lowered its clock in the middle, as devices do when they get hot."},
    {"drift", "drifting",
     "The last fifth of the samples took more than 5 % more or less time than the first."},
    {"migrated", "migrated", "Samples ran on other cores than asked, or on cores of different kinds."},
    {"notPinned", "not pinned", "The system did not let the threads stay on the cores that were asked for."},
    {"bimodal", "two groups", "The run times form two groups, so that their median describes neither."},
    {"noisy", "noisy", "The run times vary so much that small differences mean nothing.", "noisy"},
    {"fewSamples", "few samples", "There are fewer than 100 samples: too few for the 90th percentile.",
     "few samples"},
    {"warmStart", "warm start", "The device had not cooled down when measuring began."},
    {"lowBattery", "low battery", "The battery held less than 20 %, where many devices run slower."},
    {"charging", "charging", "The battery was charging, which warms a device and may change its limits."},
    {"batterySaver", "battery saver", "The battery saver was on, which slows a device."},
    {"emulated", "emulated", "The device is emulated: its times say nothing about a real one."},
    {"partial", "partial", "The measurement was cut off; what was measured until then is kept."},
    {"busy", "busy", "Other programs kept cores busy that the measurement needed.", "computer busy"},
    {"nodeClocksCostly", "costly node clocks", "The clocks of the nodes made a run more than 2 % slower.",
     "node clocks add"},
};
constexpr std::string_view kModes[] = {"burst", "cold", "sustained"};
constexpr std::string_view kQuantities[] = {"frequency", "frequencyLimit", "temperature", "batteryLevel",
                                            "power",     "onlineCores",    "otherLoad"};

const Words& words(Flag flag) { return kFlags[static_cast<size_t>(flag)]; }

template <typename Enumeration, size_t count>
std::optional<Enumeration> named(const std::string_view (&names)[count], std::string_view text) {
    const auto it = std::find(std::begin(names), std::end(names), text);
    if (it == std::end(names)) return {};
    return static_cast<Enumeration>(it - std::begin(names));
}

}  // namespace

std::string_view name(Flag flag) { return words(flag).name; }
std::string_view title(Flag flag) { return words(flag).title; }
std::string_view explain(Flag flag) { return words(flag).explanation; }

std::optional<Flag> flagNamed(std::string_view text) {
    for (size_t i = 0; i < std::size(kFlags); ++i)
        if (text == kFlags[i].name || (!kFlags[i].before.empty() && text.starts_with(kFlags[i].before)))
            return static_cast<Flag>(i);
    return {};
}

std::string_view name(Mode mode) { return kModes[static_cast<size_t>(mode)]; }
std::optional<Mode> modeNamed(std::string_view text) { return named<Mode>(kModes, text); }
std::string_view name(Quantity quantity) { return kQuantities[static_cast<size_t>(quantity)]; }
std::optional<Quantity> quantityNamed(std::string_view text) { return named<Quantity>(kQuantities, text); }

}  // namespace lathe::profile
