#include "engine/remote/adb_devices.h"

#include <charconv>

#include "engine/base/text.h"
#include "engine/remote/tool_failures.h"

namespace lathe::remote {

std::optional<Failure> AdbDevice::problem() const {
    if (state == "device") return {};
    return adbStateFailure(serial, state);
}

std::vector<AdbDevice> parseAdbDevices(std::string_view text) {
    std::vector<AdbDevice> devices;
    for (const auto line : base::split(text, '\n')) {
        // Serial numbers may hold spaces and states may, but neither a tab.
        const auto tab = line.find('\t');
        if (tab == std::string_view::npos || tab == 0) continue;
        devices.push_back(
            {std::string(line.substr(0, tab)), std::string(base::trimmed(line.substr(tab + 1)))});
    }
    return devices;
}

std::string stateOf(const std::vector<AdbDevice>& devices, std::string_view serial) {
    for (const auto& device : devices)
        if (device.serial == serial) return device.state;
    return {};
}

std::vector<std::vector<AdbDevice>> AdbFrames::feed(std::string_view bytes) {
    std::vector<std::vector<AdbDevice>> lists;
    if (m_broken) return lists;
    m_buffer += bytes;
    size_t at = 0;
    while (m_buffer.size() - at >= 4) {
        size_t length = 0;
        const char* digits = m_buffer.data() + at;
        const auto [end, error] = std::from_chars(digits, digits + 4, length, 16);
        if (error != std::errc() || end != digits + 4) {
            m_broken = true;
            break;
        }
        if (m_buffer.size() - at - 4 < length) break;
        lists.push_back(parseAdbDevices(std::string_view(m_buffer).substr(at + 4, length)));
        at += 4 + length;
    }
    m_buffer.erase(0, at);
    return lists;
}

}  // namespace lathe::remote
