// Waiting for something that one thread at a time may do, with a cancel.
#pragma once

#include <chrono>
#include <mutex>
#include <string_view>

#include "engine/base/progress.h"

namespace lathe::remote {

// A lock that holds nothing after a cancel.
inline std::unique_lock<std::timed_mutex> takeTurn(std::timed_mutex& mutex, const base::Progress& progress,
                                                   std::string_view waiting) {
    std::unique_lock lock(mutex, std::defer_lock);
    while (!lock.try_lock_for(std::chrono::milliseconds(50)) && !progress.cancelled())
        progress.report(0, waiting);
    return lock;
}

}  // namespace lathe::remote
