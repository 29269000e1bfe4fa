// Warnings for the person at the log dock or the terminal; what failed is a Result. Thread-safe; the receiver
// is called under a lock.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <string>
#include <string_view>

namespace lathe::base {

using LogReceiver = std::function<void(std::string_view)>;

// Replaces the receiver (standard error at the start); an empty one silences the log. Returns the earlier
// one.
LogReceiver setLogReceiver(LogReceiver receiver);
void log(std::string_view warning);

template <typename... Args>
void logWarning(fmt::format_string<Args...> text, Args&&... args) {
    log(fmt::format(text, std::forward<Args>(args)...));
}

}  // namespace lathe::base
