#include "engine/remote/adb_client.h"

#include <fmt/format.h>

#include <cstdlib>

#include "engine/base/find_program.h"
#include "engine/remote/tool_failures.h"

namespace lathe::remote {
namespace {

// Calls adb and believes its words: success is the expected text, whatever the exit code.
Done ask(std::vector<std::string> arguments, std::string_view input, std::string_view expected,
         const std::string& address, const Tools& tools, base::Deadline deadline,
         const base::Progress& progress) {
    const auto client = findAdb(tools);
    if (!client) return client.failure();
    const auto answer = base::runProcess(client->call(std::move(arguments)), input, deadline, progress);
    if (!answer) return Failure{Failure::Kind::toolMissing, answer.error().message, {}};
    if (answer->state == base::Process::Io::cancelled) return Failure::cancelled();
    if (answer->output.find(expected) != std::string::npos) return Nothing{};
    if (answer->state == base::Process::Io::timedOut)
        return Failure{Failure::Kind::unreachable, fmt::format("{}: nothing answers.", address),
                       "Check the address, and that both are in the same network."};
    return adbFailure(address, answer->output + answer->error);
}

}  // namespace

base::ProcessOptions AdbClient::call(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), program.string());
    return {.arguments = std::move(arguments), .environment = environment};
}

Outcome<AdbClient> findAdb(const Tools& tools) {
    std::vector<std::filesystem::path> folders;
    for (const char* name : {"ANDROID_HOME", "ANDROID_SDK_ROOT"})
        if (const char* sdk = std::getenv(name); sdk && *sdk)
            folders.push_back(std::filesystem::path(sdk) / "platform-tools");
    if (const char* home = std::getenv("HOME"); home && *home)
        folders.push_back(std::filesystem::path(home) / "Android/Sdk/platform-tools");
    const auto program = base::findProgram("adb", tools.adb, folders);
    if (!program)
        return Failure{Failure::Kind::toolMissing, "adb was not found.",
                       "Install the Android platform tools (package adb) or set the path in the settings."};
    AdbClient client{*program, tools.environment};
    client.environment.emplace_back("LC_ALL", "C");
    return client;
}

Outcome<std::vector<AdbDevice>> adbDevices(const AdbClient& client, base::Deadline deadline,
                                           const base::Progress& progress) {
    const auto answer = base::runProcess(client.call({"devices"}), {}, deadline, progress);
    if (!answer) return Failure{Failure::Kind::toolMissing, answer.error().message, {}};
    if (answer->state == base::Process::Io::cancelled) return Failure::cancelled();
    if (answer->state == base::Process::Io::timedOut)
        return Failure{Failure::Kind::timedOut, "The adb server does not answer.",
                       "End it with: adb kill-server"};
    if (!answer->exit.success()) return adbFailure("adb", answer->error);
    return parseAdbDevices(answer->output);
}

Done adbConnect(const std::string& address, const Tools& tools, base::Deadline deadline,
                const base::Progress& progress) {
    // Also in "already connected to".
    return ask({"connect", address}, {}, "connected to " + address, address, tools, deadline, progress);
}

Done adbPair(const std::string& address, const std::string& code, const Tools& tools, base::Deadline deadline,
             const base::Progress& progress) {
    // The code goes through the pipe: arguments are shown to every user of this computer.
    return ask({"pair", address}, code + "\n", "Successfully paired", address, tools, deadline, progress);
}

Done adbDisconnect(const std::string& address, const Tools& tools, base::Deadline deadline,
                   const base::Progress& progress) {
    return ask({"disconnect", address}, {}, "disconnected", address, tools, deadline, progress);
}

}  // namespace lathe::remote
