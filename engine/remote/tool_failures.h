// From the words of a tool to a Failure. The tools run with LC_ALL=C, so that the words are always English.
#pragma once

#include <span>
#include <string_view>

#include "engine/remote/failure.h"

namespace lathe::remote {

// Words of the OpenSSH client. `device` is how the host is called in sentences.
Failure sshFailure(std::string_view device, std::string_view words);
// Words of the adb client.
Failure adbFailure(std::string_view device, std::string_view words);
// A state as `adb devices` lists it, other than "device"; empty: the device is not in the list.
Failure adbStateFailure(std::string_view device, std::string_view state);
// Words of a shell and its programs: disk full, no permission, wrong processor.
Failure shellFailure(std::string_view device, std::string_view words);

// The last line that is not blank, for sentences that quote a tool.
std::string_view lastLine(std::string_view words);

struct Words {
    std::string_view part;  // found anywhere in the words, without regard to case
    Failure::Kind kind;
    std::string_view sentence;  // after "DEVICE: "
    std::string_view remedy;
};
// The first entry whose part occurs, else `failed` with the last line.
Failure failureOf(std::span<const Words> table, std::string_view device, std::string_view words);

}  // namespace lathe::remote
