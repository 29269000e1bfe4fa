// Texts as the tools wrote them (OpenSSH 9.2, adb 29.0.6 and 34), and what a person is told.
#include "engine/remote/tool_failures.h"

#include <gtest/gtest.h>

#include "engine/remote/adb_client.h"
#include "engine/remote/ssh_client.h"

namespace lathe::remote {
namespace {

using Kind = Failure::Kind;

struct Case {
    const char* words;
    Kind kind;
};

void check(const Case& test, const Failure& failure) {
    EXPECT_EQ(name(failure.kind), name(test.kind)) << test.words << "\n" << failure.text();
    EXPECT_EQ(failure.sentence.find("dev: "), 0u) << failure.sentence;
    if (failure.kind != Kind::failed) {
        EXPECT_FALSE(failure.remedy.empty()) << failure.sentence;
    }
}

TEST(SshFailure, isReadFromTheWords) {
    const Case cases[] = {
        {"ssh: Could not resolve hostname nosuch: Name or service not known", Kind::unreachable},
        {"ssh: connect to host 10.0.0.9 port 22: Connection refused", Kind::refused},
        {"ssh: connect to host 10.0.0.9 port 22: No route to host", Kind::unreachable},
        {"ssh: connect to host 10.0.0.9 port 22: Connection timed out", Kind::unreachable},
        {"Connection to 10.0.0.9 port 22 timed out", Kind::unreachable},
        {"root@10.0.0.9: Permission denied (publickey,password).", Kind::authentication},
        {"Received disconnect from 10.0.0.9 port 22:2: Too many authentication failures",
         Kind::authentication},
        {"No ED25519 host key is known for x and you have requested strict checking.\r\n"
         "Host key verification failed.",
         Kind::unknownHostKey},
        {"@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.",
         Kind::changedHostKey},
        {"Timeout, server 10.0.0.9 not responding.", Kind::disconnected},
        {"Connection to 10.0.0.9 closed by remote host.", Kind::disconnected},
        {"client_loop: send disconnect: Broken pipe", Kind::disconnected},
        {"kex_exchange_identification: banner exchange: Connection from UNKNOWN: invalid format",
         Kind::refused},
        {"sh: 1: cannot create x: No space left on device", Kind::diskFull},
        {"something new", Kind::failed},
        {"", Kind::failed},
    };
    for (const auto& test : cases) check(test, sshFailure("dev", test.words));
    EXPECT_EQ(sshFailure("dev", "first\nsomething new\r\n\n").sentence, "dev: something new");
}

TEST(AdbFailure, isReadFromTheWords) {
    const Case cases[] = {
        {"error: device unauthorized.\nThis adb server's $ADB_VENDOR_KEYS is not set\nTry 'adb kill-server' "
         "if that "
         "seems wrong.\nOtherwise check for a confirmation dialog on your device.",
         Kind::unauthorized},
        {"failed to authenticate to 127.0.0.1:5", Kind::unauthorized},
        {"error: device offline", Kind::offline},
        {"error: device 'X' not found", Kind::notConnected},
        {"error: no devices/emulators found", Kind::notConnected},
        {"failed to connect to '10.0.0.9:5555': Connection refused", Kind::refused},
        {"failed to connect to 10.0.0.9:5555: No route to host", Kind::unreachable},
        {"adb: error: failed to copy 'a' to '/data/a': couldn't read from device", Kind::disconnected},
        {"adb: error: failed to copy 'a' to '/data/a': remote write failed: No space left on device",
         Kind::diskFull},
        {"adb: error: failed to copy 'a' to '/x': remote couldn't create file: Permission denied",
         Kind::notWritable},
        {"error: closed", Kind::disconnected},
        {"adb: unknown command pair", Kind::toolMissing},
        {"* cannot connect to daemon at tcp:5037: Connection refused", Kind::serverEnded},
        {"error: insufficient permissions for device", Kind::noPermissions},
    };
    for (const auto& test : cases) check(test, adbFailure("dev", test.words));
}

TEST(AdbState, hasARemedyEach) {
    const Case cases[] = {
        {"unauthorized", Kind::unauthorized},
        {"authorizing", Kind::unauthorized},
        {"offline", Kind::offline},
        {"no permissions (user in plugdev group; are your udev rules wrong?); see [http://...]",
         Kind::noPermissions},
        {"recovery", Kind::wrongMode},
        {"sideload", Kind::wrongMode},
        {"bootloader", Kind::wrongMode},
        {"", Kind::notConnected},
    };
    for (const auto& test : cases) check(test, adbStateFailure("dev", test.words));
    EXPECT_FALSE(adbStateFailure("dev", "dancing").remedy.empty());
}

TEST(ShellFailure, isReadFromTheWords) {
    const Case cases[] = {
        {"cat: write error: No space left on device", Kind::diskFull},
        {"mkdir: cannot create directory 'x': Permission denied", Kind::notWritable},
        {"mkdir: '/system/x': Read-only file system", Kind::notWritable},
        {"sh: 1: exec: ./agent: Exec format error", Kind::wrongProgram},
        {"sh: ./agent: not executable: 64-bit ELF file", Kind::wrongProgram},
        {"sh: 1: exec: qemu-aarch64-static: not found", Kind::wrongProgram},
    };
    for (const auto& test : cases) check(test, shellFailure("dev", test.words));
}

TEST(SshHost, isParsed) {
    const auto host = parseSshHost(
        "user me\nhostname 10.0.0.9\nport 2222\nstricthostkeychecking ask\nproxyjump none\n"
        "userknownhostsfile /home/me/.ssh/known_hosts /home/me/.ssh/known_hosts2\n");
    EXPECT_EQ(host.knownName(), "[10.0.0.9]:2222");
    EXPECT_TRUE(host.asksForHostKeys);
    EXPECT_FALSE(host.throughProxy);
    EXPECT_EQ(host.knownHosts.size(), 2u);
    const auto other =
        parseSshHost("hostname b\nport 22\nstricthostkeychecking accept-new\nproxyjump gate\n");
    EXPECT_EQ(other.knownName(), "b");
    EXPECT_FALSE(other.asksForHostKeys);
    EXPECT_TRUE(other.throughProxy);
    EXPECT_EQ(parseSshHost("hostname b\nport 22\nhostkeyalias board\n").knownName(), "board");
}

}  // namespace
}  // namespace lathe::remote
