// Words and states of adb. Its exit codes say little: `adb connect` is content when it was refused.
#include <fmt/format.h>

#include "engine/remote/tool_failures.h"

namespace lathe::remote {
namespace {

using Kind = Failure::Kind;

constexpr std::string_view kAllow = "Unlock the phone and allow debugging from this computer.";

constexpr Words kAdb[] = {
    {"cannot connect to daemon", Kind::serverEnded, "the adb server is not running.",
     "Connect again; it is started anew."},
    {"unauthorized", Kind::unauthorized, "it has not allowed this computer.", kAllow},
    {"failed to authenticate", Kind::unauthorized, "it has not allowed this computer.", kAllow},
    {"insufficient permissions", Kind::noPermissions, "this user may not open the USB device.",
     "Add the udev rules for Android (package android-sdk-platform-tools-common) and plug it in again."},
    {"no permissions", Kind::noPermissions, "this user may not open the USB device.",
     "Add the udev rules for Android (package android-sdk-platform-tools-common) and plug it in again."},
    {"Wrong password", Kind::authentication, "the pairing code was not accepted.",
     "Type the code that the phone shows now."},
    {"device offline", Kind::offline, "it is connected and does not answer.",
     "Plug it in again, or switch USB debugging off and on."},
    {"Connection refused", Kind::refused, "nothing listens at this address.",
     "Switch wireless debugging on and check the port."},
    {"No route to host", Kind::unreachable, "there is no way to this address.",
     "Check that both are in the same network."},
    {"Connection timed out", Kind::unreachable, "nothing answers.",
     "Check that both are in the same network."},
    {"unknown host", Kind::unreachable, "there is no host of this name.", "Check the name and the network."},
    {"failed to resolve", Kind::unreachable, "there is no host of this name.",
     "Check the name and the network."},
    {"unknown command pair", Kind::toolMissing, "this adb cannot pair over Wi-Fi.",
     "Install platform tools 30 or newer."},
    {"not found", Kind::notConnected, "adb does not see it.",
     "Check the cable, and that USB debugging is on."},
    {"no devices", Kind::notConnected, "adb does not see it.",
     "Check the cable, and that USB debugging is on."},
    {"couldn't read from device", Kind::disconnected, "the link broke.",
     "Check the cable and connect again."},
    {"protocol fault", Kind::disconnected, "the link broke.", "Check the cable and connect again."},
    {"device disconnected", Kind::disconnected, "the link broke.", "Check the cable and connect again."},
    {"Connection reset", Kind::disconnected, "the link broke.", "Check the cable and connect again."},
    {"closed", Kind::disconnected, "the link broke.", "Check the cable and connect again."},
};

struct State {
    std::string_view start;  // states may go on: "no permissions (user in plugdev group...); see ..."
    Kind kind;
    std::string_view sentence, remedy;
};
constexpr State kStates[] = {
    {"unauthorized", Kind::unauthorized, "it has not allowed this computer.", kAllow},
    {"authorizing", Kind::unauthorized, "it is asking whether to allow this computer.", kAllow},
    {"connecting", Kind::offline, "it is connecting.", "Wait a moment."},
    {"offline", Kind::offline, "it is connected and does not answer.",
     "Plug it in again, or switch USB debugging off and on."},
    {"insufficient permissions", Kind::noPermissions, "this user may not open the USB device.",
     "Add the udev rules for Android (package android-sdk-platform-tools-common) and plug it in again."},
    {"no permissions", Kind::noPermissions, "this user may not open the USB device.",
     "Add the udev rules for Android (package android-sdk-platform-tools-common) and plug it in again."},
    {"recovery", Kind::wrongMode, "it is in recovery mode.", "Restart it."},
    {"rescue", Kind::wrongMode, "it is in rescue mode.", "Restart it."},
    {"sideload", Kind::wrongMode, "it is waiting for an update package.", "Restart it."},
    {"bootloader", Kind::wrongMode, "it is in the bootloader.", "Restart it."},
};

}  // namespace

Failure adbFailure(std::string_view device, std::string_view words) {
    auto shell = shellFailure(device, words);
    if (shell.kind == Kind::diskFull || shell.kind == Kind::notWritable) return shell;
    return failureOf(kAdb, device, words);
}

Failure adbStateFailure(std::string_view device, std::string_view state) {
    if (state.empty())
        return {Kind::notConnected, fmt::format("{}: adb does not see it.", device),
                "Check the cable, and that USB debugging is on."};
    for (const auto& entry : kStates)
        if (state.starts_with(entry.start))
            return {entry.kind, fmt::format("{}: {}", device, entry.sentence), std::string(entry.remedy)};
    return {Kind::failed, fmt::format("{}: adb calls its state \"{}\".", device, state), "Restart it."};
}

}  // namespace lathe::remote
