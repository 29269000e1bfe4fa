// How far a long call is, and whether it should stop.
// Any thread may read or cancel; the working thread reports. Copies share one state.
#pragma once

#include <atomic>
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

    Snapshot snapshot() const;

  private:
    struct State {
        std::atomic<bool> cancelled{false};
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
