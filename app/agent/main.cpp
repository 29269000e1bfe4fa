// The device agent: answers a host on standard input and output until that ends. Exit codes: 0 the host hung
// up, 1 the self-test found a difference, 2 wrong arguments, 3 the stream was not the protocol, 4 the host
// fell silent.
#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <string_view>

#include "app/agent/self_test.h"
#include "app/agent/server.h"
#include "engine/kernels/cpu/instruction_set.h"

namespace lathe::agent {
namespace {

int showSelfTest() {
    fmt::print("lathe-agent {}, {}\n", LATHE_VERSION, kernels::instructionSetName());
    bool good = true;
    for (const auto& result : selfTest({})) {
        good = good && result.good();
        if (!result.problem.empty())
            fmt::print("FAILED  {}: {}\n", result.name, result.problem);
        else
            fmt::print("{}  {}: error {:.2g}, allowed {:.2g}\n", result.good() ? "ok    " : "FAILED",
                       result.name, result.error, result.allowed);
    }
    return good ? 0 : 1;
}

int run(int count, char** words) {
    const std::string_view word = count > 1 ? words[1] : "serve";
    if (count > 2 || (word != "serve" && word != "--selftest" && word != "--version")) {
        fmt::print(stderr, "usage: lathe-agent [serve | --selftest | --version]\n");
        return 2;
    }
    if (word == "--version") return fmt::print("lathe-agent {}\n", LATHE_VERSION), 0;
    if (word == "--selftest") return showSelfTest();
    // A host that is gone is noticed by the failed write.
    std::signal(SIGPIPE, SIG_IGN);
    Link link(STDIN_FILENO, STDOUT_FILENO);
    return Server(link).run();
}

}  // namespace
}  // namespace lathe::agent

int main(int count, char** words) { return lathe::agent::run(count, words); }
