#include "tests/support/devices/agents.h"

#include <fmt/format.h>
#include <unistd.h>

namespace lathe::test {
namespace {

namespace fs = std::filesystem;

// Test programs run side by side: a link appears whole or not at all.
void link(const fs::path& target, const fs::path& name) {
    std::error_code error;
    const auto part = fs::path(name.string() + fmt::format(".{}", ::getpid()));
    fs::remove(part, error);
    fs::create_symlink(target, part, error);
    fs::rename(part, name, error);
}

fs::path makeFolder() {
    const fs::path folder = fs::path(LATHE_BINARY_DIR) / "tests/agents";
    std::error_code error;
    fs::create_directories(folder, error);
    const fs::path built = fs::path(LATHE_BINARY_DIR) / "lib/lathe/agents";
    if (fs::exists(built / "lathe-agent-aarch64", error))
        link(built / "lathe-agent-aarch64", folder / "lathe-agent-aarch64");
    const auto own = fs::path(LATHE_BINARY_DIR) / "bin/lathe-agent";
    link(fs::exists(built / "lathe-agent-x86_64", error) ? built / "lathe-agent-x86_64" : own,
         folder / "lathe-agent-x86_64");
    return folder;
}

}  // namespace

fs::path agentFolder() {
    static const fs::path folder = makeFolder();
    return folder;
}

std::string agentsMissing(const std::string& architecture) {
    std::error_code error;
    if (fs::exists(agentFolder() / ("lathe-agent-" + architecture), error)) return {};
    return fmt::format("needs an agent for {} (presets agent-x64, agent-arm64)", architecture);
}

}  // namespace lathe::test
