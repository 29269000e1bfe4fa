// --threads, the same in every verb.
#pragma once

#include <string>

#include "app/cli/verb.h"

namespace lathe::cli {

// A number of threads that a person may ask for: 1 to 1024. The engine takes fewer where there are few cores.
CLI::Validator threadCount();

// Without the flag `threads` stays as it is: 0, one thread a core.
void addThreadsFlag(CLI::App& command, int& threads,
                    const std::string& help = "Threads (default: one per core)");

}  // namespace lathe::cli
