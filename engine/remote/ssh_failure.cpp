// ssh ends with 255 for everything of its own, and so may the remote command: only the text tells.
#include "engine/remote/tool_failures.h"

namespace lathe::remote {
namespace {

using Kind = Failure::Kind;

// Reasons first, consequences last: "Connection closed" ends many of these texts.
constexpr Words kSsh[] = {
    {"REMOTE HOST IDENTIFICATION HAS CHANGED", Kind::changedHostKey,
     "its host key is not the one that was confirmed.",
     "If the system was installed anew, forget the old key and confirm the new one. Otherwise somebody may "
     "listen in."},
    {"Host key verification failed", Kind::unknownHostKey, "its host key is not known yet.",
     "Compare the fingerprint with the device and confirm it."},
    {"host key is known for", Kind::unknownHostKey, "its host key is not known yet.",
     "Compare the fingerprint with the device and confirm it."},
    {"Could not resolve hostname", Kind::unreachable, "there is no host of this name.",
     "Check the name and the network."},
    {"Connection refused", Kind::refused, "nothing listens at this port.",
     "Start the ssh server of the device and check the port."},
    {"No route to host", Kind::unreachable, "there is no way to this host.",
     "Check the network and that the device is on."},
    {"Network is unreachable", Kind::unreachable, "the network cannot be reached.", "Check the network."},
    {"timed out", Kind::unreachable, "nothing answers.", "Check the address and that the device is on."},
    {"not responding", Kind::disconnected, "it stopped answering.", "Check the network and connect again."},
    {"Permission denied (", Kind::authentication, "the login was denied.",
     "Check the user, and the key or the password."},
    {"Too many authentication failures", Kind::authentication, "the login was denied.",
     "Too many keys were offered; name the right one in the ssh config."},
    {"Bad owner or permissions", Kind::failed, "ssh does not trust its configuration file.",
     "Let nobody else write the file."},
    {"Bad configuration option", Kind::failed, "ssh does not understand its configuration file.",
     "Correct the file."},
    {"banner exchange", Kind::refused, "what listens at this port is no ssh server.", "Check the port."},
    {"no matching host key type", Kind::failed, "it offers only host keys that ssh no longer takes.",
     "Update its ssh server, or allow the type in the ssh config."},
    {"Connection reset", Kind::disconnected, "the connection broke.", "Check the network and connect again."},
    {"closed by remote host", Kind::disconnected, "it closed the connection.", "Connect again."},
    {"Connection closed by", Kind::disconnected, "it closed the connection.", "Connect again."},
    {"Broken pipe", Kind::disconnected, "the connection broke.", "Check the network and connect again."},
};

}  // namespace

Failure sshFailure(std::string_view device, std::string_view words) {
    auto failure = failureOf(kSsh, device, words);
    if (failure.kind != Kind::failed || !failure.remedy.empty()) return failure;
    failure = shellFailure(device, words);
    return failure;
}

}  // namespace lathe::remote
