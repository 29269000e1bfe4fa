// The user's own adb.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/process.h"
#include "engine/remote/adb_devices.h"
#include "engine/remote/transport.h"

namespace lathe::remote {

struct AdbClient {
    std::filesystem::path program;
    base::Environment environment;

    base::ProcessOptions call(std::vector<std::string> arguments) const;
};

// The path of the settings, then PATH, then the Android SDK. Always the same one: two versions of adb keep
// ending each other's server.
Outcome<AdbClient> findAdb(const Tools& tools);

// The list as it is now. `adb track-devices` misses some changes: a phone that waits for its owner's
// permission goes on being "offline" there.
Outcome<std::vector<AdbDevice>> adbDevices(const AdbClient& client, base::Deadline deadline,
                                           const base::Progress& progress);

// Asks the adb server to reach a phone by Wi-Fi, "host:port". adb's exit code is 0 when that failed, so its
// words decide.
Done adbConnect(const std::string& address, const Tools& tools, base::Deadline deadline,
                const base::Progress& progress);
// Makes the phone and this computer known to each other with the code the phone shows; needs platform
// tools 30.
Done adbPair(const std::string& address, const std::string& code, const Tools& tools, base::Deadline deadline,
             const base::Progress& progress);
// Forgets a phone reached by Wi-Fi.
Done adbDisconnect(const std::string& address, const Tools& tools, base::Deadline deadline,
                   const base::Progress& progress);

}  // namespace lathe::remote
