// How something is measured, from the command line: --mode, --cores, --seconds, --cool-down.
#pragma once

#include <optional>
#include <string>

#include "app/cli/verb.h"
#include "engine/profile/measure.h"

namespace lathe::cli {

struct MeasureFlags {
    std::string mode = "burst", cores;
    std::optional<double> seconds, coolDown;
};

void addMeasureFlags(CLI::App& command, MeasureFlags& flags);

// Into the options of a measurement. Sustained ones last two minutes unless something else was said, and what
// was measured of them is kept when they are interrupted.
void apply(const MeasureFlags& flags, profile::MeasureOptions& options);

// Device, cores, mode and flags in one line.
std::string conditionsLine(const profile::Profile& profile);

// A percentile for a table: "-" when there are too few samples for it.
std::string percentile(bool known, double seconds);

}  // namespace lathe::cli
