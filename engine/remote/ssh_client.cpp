#include "engine/remote/ssh_client.h"

#include <fmt/format.h>

#include "engine/base/find_program.h"
#include "engine/base/text.h"
#include "engine/remote/tool_failures.h"

namespace lathe::remote {

std::string SshClient::companion(std::string_view name) const {
    const auto beside = base::findProgram(name, program.parent_path() / name);
    return beside ? beside->string() : std::string(name);
}

Outcome<SshClient> findSsh(const Tools& tools) {
    const auto program = base::findProgram("ssh", tools.ssh);
    if (!program)
        return Failure{Failure::Kind::toolMissing, "ssh was not found.",
                       "Install the OpenSSH client or set its path in the settings."};
    SshClient client{*program, {program->string()}, tools.environment};
    if (!tools.sshConfig.empty()) client.start.insert(client.start.end(), {"-F", tools.sshConfig.string()});
    client.environment.emplace_back("LC_ALL", "C");
    return client;
}

std::string SshHost::knownName() const {
    if (!hostKeyAlias.empty()) return hostKeyAlias;
    return port == "22" || port.empty() ? host : fmt::format("[{}]:{}", host, port);
}

SshHost parseSshHost(std::string_view text) {
    SshHost result;
    for (const auto line : base::split(text, '\n')) {
        const auto space = line.find(' ');
        if (space == std::string_view::npos) continue;
        const auto key = line.substr(0, space);
        const auto value = base::trimmed(line.substr(space + 1));
        if (key == "hostname") result.host = value;
        if (key == "port") result.port = value;
        if (key == "hostkeyalias") result.hostKeyAlias = value;
        if (key == "stricthostkeychecking") result.asksForHostKeys = value == "ask";
        if (key == "proxyjump" || key == "proxycommand") result.throughProxy = value != "none";
        if (key == "userknownhostsfile")
            for (const auto file : base::split(value, ' '))
                if (!file.empty() && file != "none") result.knownHosts.emplace_back(file);
    }
    return result;
}

Outcome<SshHost> resolveSshHost(const SshClient& client, const std::string& address, base::Deadline deadline,
                                const base::Progress& progress) {
    if (address.empty() || address.front() == '-')
        return Failure{Failure::Kind::failed, fmt::format("\"{}\" is no host.", address),
                       "Write user@host or a name of your ssh config."};
    auto arguments = client.start;
    arguments.insert(arguments.end(), {"-G", "--", address});
    const auto answer =
        base::runProcess({.arguments = arguments, .environment = client.environment}, {}, deadline, progress);
    if (!answer) return Failure{Failure::Kind::toolMissing, answer.error().message, {}};
    if (answer->state == base::Process::Io::cancelled) return Failure::cancelled();
    if (!answer->exit.success()) return sshFailure(address, answer->error);
    return parseSshHost(answer->output);
}

}  // namespace lathe::remote
