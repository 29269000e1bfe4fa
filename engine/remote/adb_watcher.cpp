#include "engine/remote/adb_watcher.h"

#include <algorithm>
#include <chrono>

#include "engine/remote/adb_client.h"
#include "engine/remote/tool_failures.h"

namespace lathe::remote {
namespace {

using Io = base::Process::Io;
using std::chrono::milliseconds;

// After the end of the server: long enough for a person who ended it on purpose to see it gone.
constexpr milliseconds kFirstPause{500};
constexpr milliseconds kLongestPause{5000};
// How often the list is asked for while a phone is in a state that may end without a word of the tracker.
constexpr milliseconds kAskAgain{1000};

bool isPassing(const std::optional<AdbList>& list) {
    return list && std::any_of(list->devices.begin(), list->devices.end(),
                               [](const AdbDevice& device) { return device.state != "device"; });
}

}  // namespace

AdbWatcher::AdbWatcher(Tools tools, std::function<void(const AdbList&)> receiver)
    : m_tools(std::move(tools)), m_receiver(std::move(receiver)), m_thread([this] { work(); }) {}

AdbWatcher::~AdbWatcher() {
    m_stop.cancel();
    m_thread.join();
}

void AdbWatcher::tell(AdbList list) {
    if (m_told && *m_told == list) return;
    m_told = list;
    m_receiver(list);
}

void AdbWatcher::work() {
    milliseconds pause = kFirstPause;
    while (!m_stop.cancelled()) {
        pause = follow() ? kFirstPause : std::min(pause * 2, kLongestPause);
        const auto until = base::deadlineIn(pause);
        while (!m_stop.cancelled() && std::chrono::steady_clock::now() < until)
            std::this_thread::sleep_for(milliseconds(50));
    }
}

bool AdbWatcher::follow() {
    const auto client = findAdb(m_tools);
    if (!client) return tell({{}, client.failure()}), false;
    auto process = base::Process::start(client->call({"track-devices"}));
    if (!process) return tell({{}, Failure{Failure::Kind::toolMissing, process.error().message, {}}}), false;
    AdbFrames frames;
    std::string output, words;
    bool told = false;
    while (!frames.broken()) {
        const milliseconds patience = isPassing(m_told) ? kAskAgain : milliseconds(std::chrono::hours(1));
        const auto state = (*process)->read(&output, &words, base::deadlineIn(patience), m_stop);
        if (state == Io::cancelled) return told;
        if (state == Io::timedOut) {
            auto devices = adbDevices(*client, base::deadlineIn(milliseconds(3000)), m_stop);
            if (devices) tell({std::move(*devices), {}});
            continue;
        }
        for (auto& devices : frames.feed(output)) {
            tell({std::move(devices), {}});
            told = true;
        }
        output.clear();
        if (state == Io::ended) break;
    }
    if (told)
        tell({});
    else
        tell({{}, adbFailure("adb", words)});
    return told;
}

}  // namespace lathe::remote
