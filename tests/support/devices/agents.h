// The agents that tests send to devices: those of the presets agent-x64 and agent-arm64; for this computer's
// own processor the agent of this build when there is no other.
#pragma once

#include <filesystem>
#include <string>

namespace lathe::test {

std::filesystem::path agentFolder();
// Why there is none for this processor, "x86_64" or "aarch64"; empty when there is one.
std::string agentsMissing(const std::string& architecture);

}  // namespace lathe::test
