#include "app/agent/link.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace lathe::agent {
namespace {

// A host says something at least every second.
constexpr int kSilenceMilliseconds = 10000;

}  // namespace

Link::Link(int in, int out) : m_in(in), m_out(out) {
    const auto hello = remote::agentHello(LATHE_VERSION);
    m_gone = ::write(m_out, hello.data(), hello.size()) != static_cast<ssize_t>(hello.size());
}

bool Link::stop(End end, std::string reason) {
    m_end = end;
    m_reason = std::move(reason);
    return false;
}

// Reads what is there, waiting for it; false at the end of the stream.
bool Link::fill() {
    pollfd waiting{m_in, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, kSilenceMilliseconds);
    if (ready == 0) return stop(End::silent);
    if (ready < 0) return errno == EINTR || stop(End::closed);
    char bytes[65536];
    const auto count = ::read(m_in, bytes, sizeof bytes);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return true;
    if (count <= 0) return stop(End::closed);
    m_reader.add(std::string_view(bytes, static_cast<size_t>(count)));
    return true;
}

// The host's first line.
bool Link::greet() {
    while (true) {
        const auto line = m_reader.nextLine();
        if (!line) return stop(End::broken, line.error().message);
        if (*line) {
            const auto hello = remote::readHostHello(**line);
            if (!hello) return stop(End::broken, "The other side is no Lathe.");
            if (hello->protocol == remote::kProtocol) return m_greeted = true;
            return stop(End::broken,
                        fmt::format("The host speaks protocol {}, this agent {}; let the host push its "
                                    "own agent.",
                                    hello->protocol, remote::kProtocol));
        }
        if (!fill()) return false;
    }
}

std::optional<remote::Message> Link::read() {
    if (!m_greeted && !greet()) return {};
    while (true) {
        auto message = m_reader.next();
        if (!message) {
            stop(End::broken, message.error().message);
            return {};
        }
        if (*message) return std::move(*message);
        if (!fill()) return {};
    }
}

bool Link::write(const remote::Message& message) {
    std::unique_lock<std::mutex> sending;
    if (!message.blobs.empty()) sending = std::unique_lock(m_sending);
    const auto status = remote::writeMessage(message, [&](std::string_view frame) -> base::Status {
        const std::lock_guard lock(m_writing);
        while (!frame.empty() && !m_gone) {
            const auto count = ::write(m_out, frame.data(), frame.size());
            if (count > 0)
                frame.remove_prefix(static_cast<size_t>(count));
            else if (errno != EINTR)
                m_gone = true;
        }
        return m_gone ? base::Status(base::Error{"The host is gone."}) : base::Status();
    });
    return status.ok();
}

}  // namespace lathe::agent
