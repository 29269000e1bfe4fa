// How far a long call is, whether it should stop, and how much memory it may take.
// Any thread may read or cancel; the working thread reports. Copies share one state.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace lathe::base {

class Progress {
  public:
    struct Snapshot {
        double fraction = 0;  // 0 to 1 over the whole job
        std::string stage;    // what is being done now, for a person
    };

    Progress();

    // A part of this job that covers [from, to] of it, both in 0 to 1. Cancelling either cancels both.
    Progress part(double from, double to) const;

    // This job, cancelled with it, whose reports nobody sees.
    Progress silent() const;

    void report(double fraction, std::string_view stage = {}) const;
    void cancel() const { m_state->cancelled.store(true, std::memory_order_relaxed); }
    bool cancelled() const { return m_state->cancelled.load(std::memory_order_relaxed); }
    // Error::cancelled() once somebody cancelled, else success: `if (auto s = progress.check(); !s) return
    // s.error();`
    Status check() const { return cancelled() ? Status(Error::cancelled()) : Status(); }

    // The most extra memory in bytes that the job may hold at once; 0 means no bound.
    void setMemoryBudget(uint64_t bytes) const { m_state->memoryBudget.store(bytes); }
    uint64_t memoryBudget() const { return m_state->memoryBudget.load(); }

    Snapshot snapshot() const;

  private:
    struct State {
        std::atomic<bool> cancelled{false};
        std::atomic<uint64_t> memoryBudget{0};
        std::atomic<double> fraction{0};
        std::mutex mutex;
        std::string stage;  // guarded by mutex
    };

    std::shared_ptr<State> m_state;
    double m_from = 0;
    double m_to = 1;
    bool m_silent = false;
};

}  // namespace lathe::base
