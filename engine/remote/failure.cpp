#include "engine/remote/failure.h"

#include <array>

namespace lathe::remote {

base::Error Failure::toError() const {
    return {text(), kind == Kind::cancelled ? base::Error::Kind::cancelled : base::Error::Kind::failed};
}

std::string_view name(Failure::Kind kind) {
    constexpr std::array<std::string_view, 23> kNames = {
        "cancelled",      "timedOut",       "toolMissing",    "localFile",    "unreachable",  "refused",
        "authentication", "unknownHostKey", "changedHostKey", "notConnected", "unauthorized", "offline",
        "noPermissions",  "wrongMode",      "serverEnded",    "disconnected", "diskFull",     "notWritable",
        "notExecutable",  "wrongProgram",   "damaged",        "ended",        "failed"};
    static_assert(kNames.size() == static_cast<size_t>(Failure::Kind::failed) + 1);
    return kNames[static_cast<size_t>(kind)];
}

}  // namespace lathe::remote
