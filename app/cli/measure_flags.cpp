#include "app/cli/measure_flags.h"

#include "engine/base/cores.h"
#include "engine/base/text.h"
#include "engine/profile/flags.h"

namespace lathe::cli {
namespace {

constexpr double kSustainedSeconds = 120;
// As the forms of the window have them.
constexpr double kMostSeconds = 86400, kMostCoolDown = 3600;

// CLI11's own ranges let NaN pass, and show the largest number there is in full.
CLI::Validator secondsUpTo(double most, bool zero) {
    return CLI::Validator(
        [=](const std::string& text) -> std::string {
            const auto seconds = base::parseReal(text);
            if (seconds && *seconds <= most && (*seconds > 0 || (zero && *seconds == 0))) return {};
            return fmt::format("{}: give a number of seconds, {} {}.", text,
                               zero ? "from 0 to" : "above 0 and at most", most);
        },
        "");
}

}  // namespace

void addMeasureFlags(CLI::App& command, MeasureFlags& flags) {
    command
        .add_option(
            "--mode", flags.mode,
            "burst: runs on a cool device (default); cold: loads the model for each sample; sustained: "
            "runs back to back for minutes")
        ->check(CLI::IsMember({"burst", "cold", "sustained"}));
    command.add_option("--cores", flags.cores,
                       "Cores to run on: big, middle, little, all, or numbers such as 0,2-3");
    command
        .add_option("--seconds", flags.seconds,
                    "Stop after this much time (default 10 s; 120 s when sustained)")
        ->check(secondsUpTo(kMostSeconds, false));
    command
        .add_option("--cool-down", flags.coolDown,
                    "Wait up to this many seconds for the device to be as cool as at the start")
        ->check(secondsUpTo(kMostCoolDown, true));
}

void apply(const MeasureFlags& flags, profile::MeasureOptions& options) {
    options.mode = profile::modeNamed(flags.mode).value_or(options.mode);
    const bool sustained = options.mode == profile::Mode::sustained;
    options.cores = flags.cores;
    options.seconds = flags.seconds.value_or(sustained ? kSustainedSeconds : options.seconds);
    options.coolDown.mostSeconds = flags.coolDown.value_or(0);
    options.keepPartial = sustained;
}

std::string conditionsLine(const profile::Profile& profile) {
    const auto& conditions = profile.conditions;
    auto line = fmt::format("{}, {}", conditions.processor, conditions.inputShapes);
    if (conditions.mode != profile::Mode::burst) line += fmt::format(", {}", profile::name(conditions.mode));
    if (!conditions.coresAsked.empty())
        line += fmt::format(", asked for cores {}, ran on {}", base::coreListText(conditions.coresAsked),
                            base::coreListText(coresGot(profile)));
    for (const auto flag : profile.flags) line += fmt::format(", {}", profile::title(flag));
    return line;
}

std::string percentile(bool known, double seconds) {
    return known ? fmt::format("{:.3f}", seconds * 1e3) : "-";
}

}  // namespace lathe::cli
