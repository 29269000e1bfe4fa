// The first line each side says. It never changes, so that any host and any agent can tell each other who
// they are.
//
//   agent:  lathe-agent protocol=1 build=0.1.0
//   host:   lathe-host protocol=1
//
// Each speaks first without waiting for the other. Further words may follow in later versions. What a shell
// prints before the agent's line is skipped by the host.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lathe::remote {

inline constexpr int kProtocol = 1;

struct Hello {
    int protocol = 0;
    std::string build;  // of an agent
};

std::string agentHello(std::string_view build);  // with the end of the line
std::string hostHello();
// Of one line without its end; nothing when it is another line.
std::optional<Hello> readAgentHello(std::string_view line);
std::optional<Hello> readHostHello(std::string_view line);

}  // namespace lathe::remote
