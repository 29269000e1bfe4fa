#include "engine/remote/agent_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <sstream>
#include <vector>

#include "engine/base/text.h"

namespace lathe::remote {
namespace {

namespace fs = std::filesystem;
using Kind = Failure::Kind;

constexpr std::string_view kPrefix = "lathe-agent-";

fs::path agentFolder(const Tools& tools) {
    if (!tools.agents.empty()) return tools.agents;
    std::error_code error;
    return fs::read_symlink("/proc/self/exe", error).parent_path().parent_path() / "lib/lathe/agents";
}

std::vector<std::string> architecturesIn(const fs::path& folder) {
    std::vector<std::string> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        const auto name = entry.path().filename().string();
        if (name.rfind(kPrefix, 0) == 0 && entry.is_regular_file(error))
            found.push_back(name.substr(kPrefix.size()));
    }
    return found;
}

}  // namespace

Outcome<std::string> agentArchitecture(Connection& connection, const base::Progress& progress) {
    if (!connection.address().architecture.empty()) return connection.address().architecture;
    const auto answer = connection.run(script("uname -m; command -v getprop >/dev/null && echo \"android "
                                              "$(getprop ro.product.cpu.abilist64)\""),
                                       base::deadlineIn(std::chrono::seconds(10)), progress);
    if (!answer) return answer.failure();
    std::istringstream lines(answer->output);
    std::string architecture, android;
    std::getline(lines, architecture);
    std::getline(lines, android);
    architecture = base::trimmed(architecture);
    if (base::trimmed(android) == "android")
        return Failure{Kind::wrongProgram,
                       fmt::format("{}: its programs are of 32 bits ({}).", connection.name(), architecture),
                       "Lathe runs models on devices of 64 bits only."};
    return architecture;
}

Outcome<fs::path> agentFile(const Tools& tools, const std::string& architecture) {
    const auto folder = agentFolder(tools);
    const auto file = folder / (std::string(kPrefix) + architecture);
    std::error_code error;
    if (!architecture.empty() && architecture.find('/') == std::string::npos &&
        fs::is_regular_file(file, error))
        return file;
    const auto there = architecturesIn(folder);
    return Failure{
        Kind::wrongProgram, fmt::format("There is no agent for the processor \"{}\".", architecture),
        there.empty()
            ? fmt::format("Build the agents with packaging/agents.sh, or copy them to {}.", folder.string())
            : fmt::format("There are agents for {} in {}.", fmt::join(there, ", "), folder.string())};
}

}  // namespace lathe::remote
