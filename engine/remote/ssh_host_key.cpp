#include "engine/remote/ssh_host_key.h"

#include <fmt/format.h>

#include <array>

#include "engine/base/atomic_file.h"
#include "engine/base/file_map.h"
#include "engine/base/text.h"
#include "engine/remote/ssh_client.h"
#include "engine/remote/tool_failures.h"

namespace lathe::remote {
namespace {

using Kind = Failure::Kind;

// The fields of a known_hosts line: names, type, key.
struct Line {
    std::string_view names, type, key;
};
std::optional<Line> parseLine(std::string_view line) {
    const auto fields = base::split(base::trimmed(line), ' ');
    if (fields.size() < 3 || fields[0].empty() || fields[0].front() == '#') return {};
    return Line{fields[0], fields[1], fields[2]};
}

// The best of the offered keys; ssh asks a host for the type it knows of it.
std::optional<Line> bestLine(std::string_view text) {
    constexpr std::array<std::string_view, 3> kTypes = {"ssh-ed25519", "ecdsa-sha2-", "ssh-rsa"};
    for (const auto type : kTypes)
        for (const auto line : base::split(text, '\n'))
            if (const auto parsed = parseLine(line); parsed && parsed->type.starts_with(type)) return parsed;
    return {};
}

// ssh-keyscan says nothing about a host that does not answer; ssh does. It offers nothing to log in with.
std::string whyNoAnswer(const SshClient& client, const std::string& address, base::Deadline deadline,
                        const base::Progress& progress) {
    auto arguments = client.start;
    arguments.insert(arguments.end(), {"-o", "BatchMode=yes", "-o", "PreferredAuthentications=none", "-o",
                                       "ConnectTimeout=4", "-o", "ControlPath=none", "--", address, "true"});
    const auto answer =
        base::runProcess({.arguments = arguments, .environment = client.environment}, {}, deadline, progress);
    return answer ? answer->error : std::string();
}

Outcome<std::string> existing(const std::filesystem::path& file) {
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) return std::string();
    auto text = base::readTextFile(file);
    if (!text) return Failure{Kind::localFile, text.error().message, {}};
    return std::move(*text);
}

Done write(const std::filesystem::path& file, std::string_view text) {
    std::error_code ignored;
    std::filesystem::create_directories(file.parent_path(), ignored);
    if (auto written = base::writeFile(file, text); !written)
        return Failure{Kind::localFile, written.error().message, {}};
    return Nothing{};
}

}  // namespace

Outcome<HostKey> scanHostKey(const std::string& address, const Tools& tools, base::Deadline deadline,
                             const base::Progress& progress) {
    const auto client = findSsh(tools);
    if (!client) return client.failure();
    const auto host = resolveSshHost(*client, address, deadline, progress);
    if (!host) return host.failure();
    if (host->throughProxy)
        return Failure{Kind::unknownHostKey,
                       fmt::format("{}: a host behind another one cannot be asked for its key.", address),
                       "Connect once with ssh in a terminal and confirm the key there."};
    const auto scan = base::runProcess(
        {.arguments = {client->companion("ssh-keyscan"), "-T", "4", "-p", host->port, "--", host->host},
         .environment = client->environment},
        {}, deadline, progress);
    if (!scan) return Failure{Kind::toolMissing, scan.error().message, {}};
    if (scan->state == base::Process::Io::cancelled) return Failure::cancelled();
    const auto best = bestLine(scan->output);
    if (!best) {
        auto failure = sshFailure(address, scan->error + whyNoAnswer(*client, address, deadline, progress));
        if (failure.kind != Kind::refused && failure.kind != Kind::unreachable)
            failure = {Kind::unreachable, fmt::format("{}: it did not show a host key.", address),
                       "Check the address and the port."};
        return failure;
    }
    HostKey key{
        std::string(best->type), {}, fmt::format("{} {} {}", host->knownName(), best->type, best->key)};
    const auto print = base::runProcess(
        {.arguments = {client->companion("ssh-keygen"), "-l", "-f", "-"}, .environment = client->environment},
        key.line + "\n", deadline, progress);
    if (!print) return Failure{Kind::toolMissing, print.error().message, {}};
    // "256 SHA256:... host (ED25519)"
    for (const auto word : base::split(print->output, ' '))
        if (word.starts_with("SHA256:")) key.fingerprint = word;
    if (key.fingerprint.empty()) return sshFailure(address, print->error);
    return key;
}

Done trustHostKey(const HostKey& key, const Tools& tools) {
    auto text = existing(tools.knownHosts);
    if (!text) return text.failure();
    if (!text->empty() && text->back() != '\n') *text += '\n';
    return write(tools.knownHosts, *text + key.line + "\n");
}

Done forgetHostKey(const std::string& address, const Tools& tools, base::Deadline deadline,
                   const base::Progress& progress) {
    const auto client = findSsh(tools);
    if (!client) return client.failure();
    const auto host = resolveSshHost(*client, address, deadline, progress);
    if (!host) return host.failure();
    const auto text = existing(tools.knownHosts);
    if (!text) return text.failure();
    std::string kept;
    for (const auto line : base::split(*text, '\n')) {
        const auto parsed = parseLine(line);
        if (line.empty() || (parsed && parsed->names == host->knownName())) continue;
        kept += std::string(line) + "\n";
    }
    return write(tools.knownHosts, kept);
}

}  // namespace lathe::remote
