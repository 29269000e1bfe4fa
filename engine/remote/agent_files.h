// The agents of this computer, one for each kind of processor, and which one a device needs.
#pragma once

#include <filesystem>
#include <string>

#include "engine/remote/connection.h"

namespace lathe::remote {

// What a device calls its processor, "aarch64" or "x86_64": of the address when it says so, else asked.
// Fails for a device whose programs are of 32 bits.
Outcome<std::string> agentArchitecture(Connection& connection, const base::Progress& progress);

// `lathe-agent-ARCHITECTURE` in Tools::agents, or in lib/lathe/agents beside the folder of the running
// program.
Outcome<std::filesystem::path> agentFile(const Tools& tools, const std::string& architecture);

}  // namespace lathe::remote
