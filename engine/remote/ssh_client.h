// The user's own ssh and what its configuration says about a host.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/process.h"
#include "engine/remote/transport.h"

namespace lathe::remote {

struct SshClient {
    std::filesystem::path program;
    std::vector<std::string> start;  // the program and the configuration file, for every call
    base::Environment environment;

    // A companion: ssh-keyscan, ssh-keygen. Beside the program when it is there.
    std::string companion(std::string_view name) const;
};

Outcome<SshClient> findSsh(const Tools& tools);

// What `ssh -G` resolves for a host, as far as Lathe must know it.
struct SshHost {
    std::string host;
    std::string port;
    std::string hostKeyAlias;             // empty: none
    std::vector<std::string> knownHosts;  // the user's files
    bool asksForHostKeys = true;          // the user has not chosen what happens with unknown keys
    bool throughProxy = false;            // a jump host or a proxy command leads there

    // How the host is called in a known_hosts file.
    std::string knownName() const;
};

Outcome<SshHost> resolveSshHost(const SshClient& client, const std::string& address, base::Deadline deadline,
                                const base::Progress& progress);

// Pure: the answer of `ssh -G`.
SshHost parseSshHost(std::string_view text);

}  // namespace lathe::remote
