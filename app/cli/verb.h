// One verb of the command line, one file, one line in verbs.inc: `info.cpp` exports `Verb infoVerb()`.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string_view>

#include "app/cli/output.h"

namespace lathe::cli {

// Exit codes: the command did its work, it failed, it was called wrongly.
enum ExitCode : int { kGood = 0, kFailed = 1, kUsage = 2 };

// Runs after parsing; returns an ExitCode.
using Action = std::function<int(Output&)>;

struct Verb {
    std::string_view name;
    std::string_view summary;
    std::string_view example;  // a whole command line, shown by --help
    // Adds flags to the command and returns what to do. Flags are kept alive by the action (shared state).
    Action (*setUp)(CLI::App& command) = nullptr;
};

}  // namespace lathe::cli
