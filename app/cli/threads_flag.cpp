#include "app/cli/threads_flag.h"

namespace lathe::cli {

CLI::Validator threadCount() { return CLI::Range(1, 1024); }

void addThreadsFlag(CLI::App& command, int& threads, const std::string& help) {
    command.add_option("--threads", threads, help)->check(threadCount());
}

}  // namespace lathe::cli
