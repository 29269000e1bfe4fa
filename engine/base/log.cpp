#include "engine/base/log.h"

#include <cstdio>
#include <mutex>

namespace lathe::base {
namespace {

void toStandardError(LogLevel level, std::string_view message) {
    if (level == LogLevel::info) return;
    // Not fmt::print, which throws where standard error is closed or full.
    const auto line = fmt::format("{}: {}\n", level == LogLevel::error ? "error" : "warning", message);
    std::fwrite(line.data(), 1, line.size(), stderr);
}

// The one mutable process-wide state of the engine: where messages go is a property of the program, not of a
// call.
struct Sink {
    std::mutex mutex;
    LogReceiver receiver = toStandardError;
};

Sink& sink() {
    static Sink instance;
    return instance;
}

}  // namespace

LogReceiver setLogReceiver(LogReceiver receiver) {
    std::lock_guard lock(sink().mutex);
    std::swap(sink().receiver, receiver);
    return receiver;
}

void log(LogLevel level, std::string_view message) {
    std::lock_guard lock(sink().mutex);
    if (sink().receiver) sink().receiver(level, message);
}

}  // namespace lathe::base
