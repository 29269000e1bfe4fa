// A phone, through the user's own adb.
//
// `adb shell` ends with 0 and without a word both when the cable is pulled and when the server is ended. A
// run of `adb track-devices` beside the connection tells the two apart: it sees the phone go, or ends with
// the server.
#include <fmt/format.h>

#include <mutex>

#include "engine/remote/adb_client.h"
#include "engine/remote/adb_devices.h"
#include "engine/remote/tool_failures.h"

namespace lathe::remote {
namespace {

using Io = base::Process::Io;
using Kind = Failure::Kind;
using std::chrono::milliseconds;

class AdbTransport final : public Transport {
  public:
    AdbTransport(const DeviceAddress& address, const Tools& tools)
        : m_serial(address.address), m_folder(address.folder), m_tools(tools) {}

    std::string name() const override { return m_serial; }

    // The one folder where a shell of the phone may both write and execute.
    std::string folder() const override {
        return shellWord(m_folder.empty() ? "/data/local/tmp/lathe" : m_folder);
    }

    Done prepare(base::Deadline deadline, const base::Progress& progress) override {
        auto client = findAdb(m_tools);
        if (!client) return client.failure();
        m_client = std::move(*client);
        auto tracker = base::Process::start(m_client.call({"track-devices"}));
        if (!tracker) return Failure{Kind::toolMissing, tracker.error().message, {}};
        m_tracker = std::move(*tracker);
        m_tracker->closeInput();
        // A phone that was just plugged in is offline for a moment.
        std::optional<base::Deadline> settle;
        for (;;) {
            const auto state = follow(settle ? std::min(*settle, deadline) : deadline, progress);
            if (m_state == "device") break;
            if (state == Io::cancelled) return Failure::cancelled();
            if (state == Io::ended) return adbFailure("adb", m_words);
            if (m_state && *m_state != "offline" && *m_state != "connecting")
                return adbStateFailure(m_serial, *m_state);
            if (state == Io::timedOut && m_state) {
                const auto devices = adbDevices(m_client, deadline, progress);
                if (!devices) return devices.failure();
                const auto now = stateOf(*devices, m_serial);
                if (now == "device") break;
                return adbStateFailure(m_serial, now);
            }
            if (state == Io::timedOut)
                return Failure{Kind::timedOut, "The adb server does not answer.",
                               "End it with: adb kill-server"};
            if (!settle && m_state) settle = base::deadlineIn(milliseconds(1500));
        }
        m_left.reset();
        return Nothing{};
    }

    base::ProcessOptions shell(const std::string& line) const override {
        return m_client.call({"-s", m_serial, "shell", "-T", line});
    }

    base::ProcessOptions copy(const std::filesystem::path& file,
                              const std::string& remotePath) const override {
        return m_client.call({"-s", m_serial, "push", file.string(), remotePath});
    }

    Failure linkFailure(std::string_view words, const base::Progress& progress) override {
        std::lock_guard lock(m_trackerMutex);
        // The server's end, and a phone's, show within moments; the server's end may first look like the
        // phone's.
        const auto longest = base::deadlineIn(milliseconds(1000));
        std::optional<base::Deadline> sure;
        Io state = Io::ready;
        while (state != Io::ended && std::chrono::steady_clock::now() < sure.value_or(longest)) {
            state = follow(std::min(sure.value_or(longest), base::deadlineIn(milliseconds(100))), progress);
            if (state == Io::cancelled) return Failure::cancelled();
            if (m_left && !sure) sure = base::deadlineIn(milliseconds(250));
        }
        if (state == Io::ended)
            return {Kind::serverEnded, fmt::format("{}: the adb server was ended.", m_serial),
                    "Connect again; it is started anew."};
        if (m_left && (m_left->empty() || *m_left == "offline"))
            return {Kind::disconnected, fmt::format("{}: the link to the phone broke.", m_serial),
                    "Check the cable and connect again."};
        if (m_left) return adbStateFailure(m_serial, *m_left);
        auto failure = adbFailure(m_serial, words);
        if (failure.kind == Kind::failed && lastLine(words).empty())
            failure = {Kind::disconnected, fmt::format("{}: the link to the phone broke.", m_serial),
                       "Check the cable and connect again."};
        return failure;
    }

    Failure copyFailure(std::string_view words) const override { return adbFailure(m_serial, words); }

  private:
    // Reads lists until one comes, and keeps the phone's state and the last state that was not "device".
    Io follow(base::Deadline deadline, const base::Progress& progress) {
        std::string output;
        const auto state = m_tracker->read(&output, &m_words, deadline, progress);
        for (const auto& devices : m_frames.feed(output)) {
            m_state = stateOf(devices, m_serial);
            if (*m_state != "device") m_left = m_state;
        }
        return m_frames.broken() ? Io::ended : state;
    }

    std::string m_serial;
    std::string m_folder;
    Tools m_tools;
    AdbClient m_client;
    std::mutex m_trackerMutex;  // the members below, once the connection is open
    std::unique_ptr<base::Process> m_tracker;
    AdbFrames m_frames;
    std::string m_words;
    std::optional<std::string> m_state;
    std::optional<std::string> m_left;
};

}  // namespace

TransportPtr adbTransport(const DeviceAddress& address, const Tools& tools) {
    return std::make_unique<AdbTransport>(address, tools);
}

}  // namespace lathe::remote
