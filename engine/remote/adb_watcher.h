// Tells which phones are there, as soon as that changes.
//
// A thread of its own reads `adb track-devices` and calls the receiver from there: at the start, at every
// change, and not for repeated lists. When the adb server ends, the list is empty until the server is back.
// The destructor returns within 200 ms and the receiver is not called after it.
#pragma once

#include <functional>
#include <optional>
#include <thread>
#include <vector>

#include "engine/base/progress.h"
#include "engine/remote/adb_devices.h"
#include "engine/remote/transport.h"

namespace lathe::remote {

struct AdbList {
    std::vector<AdbDevice> devices;
    std::optional<Failure> problem;  // no adb, or its server does not start

    bool operator==(const AdbList& other) const {
        return devices == other.devices && problem.has_value() == other.problem.has_value();
    }
};

class AdbWatcher {
  public:
    AdbWatcher(Tools tools, std::function<void(const AdbList&)> receiver);
    ~AdbWatcher();
    AdbWatcher(const AdbWatcher&) = delete;
    AdbWatcher& operator=(const AdbWatcher&) = delete;

  private:
    void work();
    // Follows one run of the tool until it ends. Returns whether it told a list.
    bool follow();
    void tell(AdbList list);

    Tools m_tools;
    std::function<void(const AdbList&)> m_receiver;
    std::optional<AdbList> m_told;
    base::Progress m_stop;
    std::thread m_thread;  // last: it uses the others
};

}  // namespace lathe::remote
