// The host's end of the stream to an agent: asks one thing after the other.
//
// A thread of its own reads what the agent says, tells it every second that this host is there, and notices
// when the agent has said nothing for five seconds: a device that hangs. After a failure of the stream every
// request fails with the same reason. Cancelling leaves the stream in order: the agent is told, and what it
// still answers is dropped.
//
// Threads: one thread asks at a time; the destructor, which ends the agent, after that.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "engine/base/function_ref.h"
#include "engine/remote/channel.h"
#include "engine/remote/protocol/message.h"

namespace lathe::remote {

class AgentLink {
  public:
    // Waits for the agent's hello. `deviceName` is for sentences.
    static Outcome<std::unique_ptr<AgentLink>> open(std::unique_ptr<Channel> channel, std::string deviceName,
                                                    const base::Progress& progress);
    ~AgentLink();
    AgentLink(const AgentLink&) = delete;
    AgentLink& operator=(const AgentLink&) = delete;

    // Sends a request and returns the agent's "done". Its other answers to this request go to `between` as
    // they come. `progress` is only asked whether to stop. A failure of kind `failed` has the agent's own
    // words.
    Outcome<Message> ask(
        Message request, const base::Progress& progress,
        base::FunctionRef<void(Message&)> between = [](Message&) {});
    const std::string& deviceName() const { return m_deviceName; }

  private:
    AgentLink(std::unique_ptr<Channel> channel, std::string deviceName);
    Done greet(const base::Progress& progress);
    void listen();
    // Takes whole messages out of what came. False when the stream is not the protocol.
    bool takeMessages();
    void beat();
    void fail(Failure failure);
    Done send(const Message& message, const base::Progress& progress);

    std::unique_ptr<Channel> m_channel;
    std::string m_deviceName;
    MessageReader m_reader;  // of the listening thread once that runs
    std::string m_words;     // what the agent wrote on standard error, its last part; as m_reader
    std::mutex m_writing;    // one frame at a time
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Message> m_answers;     // guarded by m_mutex, as what follows
    std::optional<Failure> m_failure;  // of the stream
    int64_t m_lastId = 0;
    base::Progress m_stop;
    std::atomic<bool> m_broken{false};  // bytes were left out: nothing can be written any more
    std::thread m_thread;               // last: it uses the others
};

// Reports what a "progress" answer says; others are left alone.
void reportProgress(const Message& message, const base::Progress& progress);

}  // namespace lathe::remote
