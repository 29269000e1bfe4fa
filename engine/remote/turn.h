// Waiting for something that one thread at a time may do, with a cancel.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string_view>
#include <utility>

#include "engine/base/progress.h"

namespace lathe::remote {

// Not a std::timed_mutex: the thread sanitizer of gcc 12 does not know how that one waits. Any thread.
class Turns {
  public:
    // Gives the turn back when it goes; it must not outlive its Turns. False: cancelled while waiting.
    class Turn {
      public:
        explicit Turn(Turns* turns) : m_turns(turns) {}
        Turn(Turn&& other) noexcept : m_turns(std::exchange(other.m_turns, nullptr)) {}
        Turn& operator=(Turn&&) = delete;
        ~Turn() { end(); }
        void end() {
            if (auto* turns = std::exchange(m_turns, nullptr)) turns->giveBack();
        }
        explicit operator bool() const { return m_turns != nullptr; }

      private:
        Turns* m_turns;
    };

    // `waiting` is what is reported meanwhile.
    Turn take(const base::Progress& progress, std::string_view waiting) {
        std::unique_lock lock(m_mutex);
        while (m_taken) {
            if (progress.cancelled()) return Turn(nullptr);
            progress.report(0, waiting);
            m_free.wait_for(lock, std::chrono::milliseconds(50));
        }
        m_taken = true;
        return Turn(this);
    }

  private:
    void giveBack() {
        const std::lock_guard lock(m_mutex);
        m_taken = false;
        m_free.notify_one();
    }

    std::mutex m_mutex;
    std::condition_variable m_free;
    bool m_taken = false;
};

}  // namespace lathe::remote
