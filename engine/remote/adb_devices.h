// What the adb server tells about its devices, and its stream of such lists.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/remote/failure.h"

namespace lathe::remote {

struct AdbDevice {
    std::string serial;
    std::string state;  // "device" when it can be used

    bool operator==(const AdbDevice&) const = default;
    // Why it cannot be used, with what to do.
    std::optional<Failure> problem() const;
};

// "SERIAL<tab>STATE" lines.
std::vector<AdbDevice> parseAdbDevices(std::string_view text);
// The state of one serial; empty when it is not in the list.
std::string stateOf(const std::vector<AdbDevice>& devices, std::string_view serial);

// The stream of `adb track-devices`: four hexadecimal digits, then so many bytes, nothing between.
class AdbFrames {
  public:
    // The lists completed by these bytes. Bytes that are no frame end the stream: broken() from then on.
    std::vector<std::vector<AdbDevice>> feed(std::string_view bytes);
    bool broken() const { return m_broken; }

  private:
    std::string m_buffer;
    bool m_broken = false;
};

}  // namespace lathe::remote
