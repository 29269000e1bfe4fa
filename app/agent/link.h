// The agent's end of the stream to its host: standard input and output. Reading is one thread's; anybody may
// write.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>

#include "engine/remote/protocol/hello.h"
#include "engine/remote/protocol/message.h"

namespace lathe::agent {

class Link {
  public:
    // Says the agent's hello at once. The descriptors stay the caller's.
    Link(int in, int out);

    enum class End {
        none,
        closed,  // the host's stream ended: it is gone, or wants nothing more
        silent,  // nothing came for so long that it must be gone
        broken   // what came is not the protocol, or another one
    };

    // Waits for the next message; nothing when the stream has ended, which end() explains.
    std::optional<remote::Message> read();
    End end() const { return m_end; }
    const std::string& reason() const { return m_reason; }  // of a broken stream

    // Whole messages; frames of several writers may alternate. False when the host is gone.
    bool write(const remote::Message& message);

  private:
    bool greet();
    bool fill();
    bool stop(End end, std::string reason = {});  // says false

    int m_in, m_out;
    remote::MessageReader m_reader;
    bool m_greeted = false;
    End m_end = End::none;
    std::string m_reason;
    std::mutex m_writing;  // one frame at a time
    std::mutex m_sending;  // one message with blobs at a time
    std::atomic<bool> m_gone{false};
};

}  // namespace lathe::agent
