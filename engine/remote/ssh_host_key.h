// First contact with an ssh host: its key is shown to the user, and kept in Lathe's own known_hosts when
// confirmed. The user's files are read by ssh and never written.
#pragma once

#include <string>

#include "engine/base/process.h"
#include "engine/remote/transport.h"

namespace lathe::remote {

struct HostKey {
    std::string type;         // "ssh-ed25519"
    std::string fingerprint;  // "SHA256:...", as ssh-keygen and the host's own console show it
    std::string line;         // for known_hosts
};

// Asks the host for its key, without logging in. A host behind a jump host cannot be asked from here; the
// failure says what to do instead.
Outcome<HostKey> scanHostKey(const std::string& address, const Tools& tools, base::Deadline deadline,
                             const base::Progress& progress);
// Call with a key that a person has compared: adds exactly that one to Tools::knownHosts.
Done trustHostKey(const HostKey& key, const Tools& tools);
// Removes what Tools::knownHosts has about the host.
Done forgetHostKey(const std::string& address, const Tools& tools, base::Deadline deadline,
                   const base::Progress& progress);

}  // namespace lathe::remote
