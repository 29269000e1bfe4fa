#include "engine/base/log.h"

#include <cstdio>
#include <mutex>

namespace lathe::base {
namespace {

void toStandardError(std::string_view message) {
    // Not fmt::print, which throws where standard error is closed or full.
    const auto line = fmt::format("warning: {}\n", message);
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

void log(std::string_view warning) {
    std::lock_guard lock(sink().mutex);
    if (sink().receiver) sink().receiver(warning);
}

}  // namespace lathe::base
