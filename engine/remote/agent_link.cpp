#include "engine/remote/agent_link.h"

#include <fmt/format.h>

#include <chrono>

#include "engine/base/log.h"
#include "engine/remote/protocol/hello.h"

namespace lathe::remote {
namespace {

using Io = Channel::Io;
using Kind = Failure::Kind;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

// An agent beats every second; so long a silence is a device that hangs.
constexpr auto kSilence = 5s;
// For starting the program on a slow device.
constexpr auto kHello = 7000ms;
constexpr auto kBeat = 1s;
constexpr auto kLook = 200ms;
// Captured values that nobody has taken yet: more stay in the pipe, and the agent waits.
constexpr size_t kMostWaiting = size_t{64} << 20;
constexpr size_t kMostWords = 4096;

size_t sizeOf(const Message& message) {
    size_t bytes = 0;
    for (const auto& blob : message.blobs) bytes += blob.size();
    return bytes;
}

Failure silent(const std::string& deviceName) {
    return {Kind::timedOut, fmt::format("{}: it stopped answering.", deviceName),
            "Check that the device is awake and connect again."};
}

}  // namespace

AgentLink::AgentLink(std::unique_ptr<Channel> channel, std::string deviceName)
    : m_channel(std::move(channel)), m_deviceName(std::move(deviceName)) {}

Outcome<std::unique_ptr<AgentLink>> AgentLink::open(std::unique_ptr<Channel> channel, std::string deviceName,
                                                    const base::Progress& progress) {
    std::unique_ptr<AgentLink> link(new AgentLink(std::move(channel), std::move(deviceName)));
    if (auto greeted = link->greet(progress); !greeted) return greeted.failure();
    link->m_thread = std::thread([raw = link.get()] { raw->listen(); });
    return link;
}

AgentLink::~AgentLink() {
    bool broken = false;
    {
        const std::lock_guard lock(m_mutex);
        broken = m_failure.has_value();
    }
    m_stop.cancel();
    if (m_thread.joinable()) m_thread.join();
    m_channel->close(base::deadlineIn(broken ? 0ms : 2000ms), {});
}

Done AgentLink::greet(const base::Progress& progress) {
    if (m_channel->write(hostHello(), base::deadlineIn(kHello), progress) == Io::cancelled)
        return Failure::cancelled();
    const auto deadline = base::deadlineIn(kHello);
    while (true) {
        auto line = m_reader.nextLine();
        if (!line) return Failure{Kind::failed, m_deviceName + ": " + line.error().message, {}};
        if (*line) {
            // What a login script prints comes before it.
            const auto hello = readAgentHello(**line);
            if (!hello) continue;
            if (hello->protocol == kProtocol) return Nothing{};
            return Failure{Kind::failed,
                           fmt::format("{}: the agent speaks protocol {}, this program {}.", m_deviceName,
                                       hello->protocol, kProtocol),
                           "Install an agent of the same version as this program."};
        }
        std::string bytes;
        const auto state = m_channel->read(&bytes, &m_words, deadline, progress);
        m_reader.add(bytes);
        if (state == Io::cancelled) return Failure::cancelled();
        if (state == Io::timedOut) return silent(m_deviceName);
        if (state == Io::ended && bytes.empty()) return m_channel->whyEnded(m_words, progress);
    }
}

void AgentLink::listen() {
    auto heard = Clock::now(), beaten = heard - kBeat;
    while (!m_stop.cancelled()) {
        if (Clock::now() - beaten >= kBeat) {
            beat();
            beaten = Clock::now();
        }
        {
            std::unique_lock lock(m_mutex);
            size_t waiting = 0;
            for (const auto& message : m_answers) waiting += sizeOf(message);
            if (waiting > kMostWaiting) {
                m_changed.wait_for(lock, kLook);
                heard = Clock::now();
                continue;
            }
        }
        std::string bytes;
        const auto state = m_channel->read(&bytes, &m_words, base::deadlineIn(kLook), m_stop);
        if (m_words.size() > kMostWords) m_words.erase(0, m_words.size() - kMostWords);
        if (!bytes.empty()) {
            heard = Clock::now();
            m_reader.add(bytes);
            if (!takeMessages()) return;
        }
        if (state == Io::ended) {
            auto failure = m_channel->whyEnded(m_words, m_stop);
            if (failure.kind == Kind::ended && failure.remedy.empty())
                failure.remedy =
                    "The system may have ended it for lack of memory: try a smaller model or smaller inputs.";
            return fail(std::move(failure));
        }
        if (Clock::now() - heard > kSilence) return fail(silent(m_deviceName));
    }
}

bool AgentLink::takeMessages() {
    while (true) {
        auto message = m_reader.next();
        if (!message) {
            fail({Kind::failed, m_deviceName + ": " + message.error().message, {}});
            return false;
        }
        if (!*message) return true;
        const auto type = (*message)->type();
        if (type == "beat") continue;
        if (type == "failed" && !(*message)->record.contains("id")) {
            fail({Kind::failed,
                  m_deviceName + ": " + (*message)->field("message", std::string("the agent gave up.")),
                  {}});
            return false;
        }
        const std::lock_guard lock(m_mutex);
        m_answers.push_back(std::move(**message));
        m_changed.notify_all();
    }
}

void AgentLink::beat() {
    // Who is sending says that this host is there.
    const std::unique_lock lock(m_writing, std::try_to_lock);
    if (!lock || m_broken) return;
    // So few bytes go into a pipe as a whole or not at all.
    (void)writeMessage({{{"type", "beat"}}, {}}, [&](std::string_view frame) -> base::Status {
        (void)m_channel->write(frame, base::deadlineIn(kLook), m_stop);
        return {};
    });
}

void AgentLink::fail(Failure failure) {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_failure) m_failure = std::move(failure);
    }
    m_stop.cancel();
    m_changed.notify_all();
}

Done AgentLink::send(const Message& message, const base::Progress& progress) {
    bool begun = false;
    const auto status = writeMessage(message, [&](std::string_view frame) -> base::Status {
        if (progress.cancelled()) return base::Error::cancelled();
        const std::lock_guard lock(m_writing);
        if (m_broken) return base::Error{"The stream is broken."};
        begun = true;
        // Ended by the listening thread when the device falls silent.
        const auto state = m_channel->write(frame, Clock::now() + std::chrono::hours(1), m_stop);
        if (state == Io::ready) return {};
        m_broken = true;
        return base::Error{"The stream is broken."};
    });
    if (status) return Nothing{};
    if (status.error().kind == base::Error::Kind::cancelled) {
        // Half a message cannot be taken back.
        if (begun) {
            m_broken = true;
            fail({Kind::ended, fmt::format("{}: the session was ended by a cancel.", m_deviceName),
                  "Open the model there again."});
        }
        return Failure::cancelled();
    }
    // The listening thread is about to say why.
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, 3s, [this] { return m_failure.has_value(); });
    return m_failure ? *m_failure : silent(m_deviceName);
}

void reportProgress(const Message& message, const base::Progress& progress) {
    if (message.type() == "progress")
        progress.report(message.field("fraction", 0.0), message.field("stage", std::string()));
}

Outcome<Message> AgentLink::ask(Message request, const base::Progress& progress,
                                base::FunctionRef<void(Message&)> between) {
    if (progress.cancelled()) return Failure::cancelled();
    int64_t id = 0;
    {
        const std::lock_guard lock(m_mutex);
        if (m_failure) return *m_failure;
        id = ++m_lastId;
    }
    request.record["id"] = id;
    if (auto sent = send(request, progress); !sent) return sent.failure();
    request = {};
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait_for(lock, 50ms, [this] { return !m_answers.empty() || m_failure; });
        if (!m_answers.empty()) {
            auto message = std::move(m_answers.front());
            m_answers.pop_front();
            if (message.field("id", int64_t{0}) != id) continue;  // of a request that was cancelled
            const auto type = message.type();
            if (type == "done") return message;
            if (type == "failed")
                return Failure{
                    message.field("kind", std::string()) == "cancelled" ? Kind::cancelled : Kind::failed,
                    message.field("message", std::string("The agent gave no reason.")),
                    {}};
            lock.unlock();
            between(message);
            lock.lock();
        } else if (m_failure) {
            return *m_failure;
        }
        if (progress.cancelled()) {
            lock.unlock();
            (void)send({{{"type", "cancel"}, {"id", id}}, {}}, {}).ok();
            return Failure::cancelled();
        }
    }
}

}  // namespace lathe::remote
