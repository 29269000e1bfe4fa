// Messages for the person at the log dock or the terminal. Thread-safe; the receiver is called under a lock.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <string>
#include <string_view>

namespace lathe::base {

enum class LogLevel { info, warning, error };

using LogReceiver = std::function<void(LogLevel, std::string_view)>;

// Replaces the receiver (standard error at the start); an empty one silences the log. Returns the earlier
// one.
LogReceiver setLogReceiver(LogReceiver receiver);
void log(LogLevel level, std::string_view message);

template <typename... Args>
void logWarning(fmt::format_string<Args...> text, Args&&... args) {
    log(LogLevel::warning, fmt::format(text, std::forward<Args>(args)...));
}

}  // namespace lathe::base
