#include "app/devices/facts_here.h"

#include <cstdlib>

namespace lathe::app {

remote::Outcome<remote::DeviceFacts> factsHere(const base::Progress& progress) {
    const char* home = std::getenv("HOME");
    const auto answer =
        base::runProcess({.arguments = {"/bin/sh", "-c", remote::factsScript(home && *home ? home : "/")}},
                         {}, base::deadlineIn(std::chrono::seconds(10)), progress);
    if (!answer) return remote::Failure{remote::Failure::Kind::failed, answer.error().message, {}};
    if (answer->state == base::Process::Io::cancelled) return remote::Failure::cancelled();
    return remote::parseFacts(answer->output);
}

}  // namespace lathe::app
