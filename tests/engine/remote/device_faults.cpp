#include "tests/engine/remote/device_faults.h"

#include <gtest/gtest.h>

#include "engine/remote/adb_client.h"

namespace lathe::test {

using namespace std::chrono_literals;
using Kind = remote::Failure::Kind;

void connectAgain(AdbServer& server, SimulatedPhone& phone) {
    EXPECT_TRUE(eventually(
        [&] {
            (void)remote::adbConnect(phone.serial(), server.tools(), base::deadlineIn(5s), {});
            return server.call({"-s", phone.serial(), "get-state"}) == "device\n";
        },
        20s));
}

std::vector<Fault> phoneFaults(AdbServer& server, SimulatedPhone& phone) {
    const auto again = [&] { connectAgain(server, phone); };
    return {{"cable pulled",
             [&] { phone.tell("drop"); },
             again,
             {Kind::disconnected, Kind::offline, Kind::notConnected},
             5s},
            {"adb server killed",
             [&] { server.call({"kill-server"}); },
             again,
             // The server that is started again does not know the phone.
             {Kind::serverEnded, Kind::notConnected},
             5s},
            {"phone hangs",
             [&] { phone.tell("hang on"); },
             [&, again] {
                 phone.tell("hang off");
                 again();
             },
             {Kind::timedOut},
             8s},
            {"disk full",
             [&] { phone.tell("fill on"); },
             [&] { phone.tell("fill off"); },
             {Kind::diskFull},
             5s,
             600ms}};
}

std::vector<Fault> boardFaults(Board& board) {
    return {{"ssh session killed", [&] { board.tell("kill-sessions"); }, [] {}, {Kind::disconnected}, 5s},
            {"ssh link dead",
             [&] { board.tell("stop-sessions"); },
             [&] { board.tell("kill-sessions"); },
             {Kind::disconnected, Kind::timedOut, Kind::unreachable},
             5s}};
}

void expectNothingLeft(SimulatedPhone& phone) {
    EXPECT_TRUE(eventually([&] { return phone.tell("processes") == "0"; })) << phone.tell("processes");
    EXPECT_TRUE(eventually([&] { return phone.tell("files").find("session-") == std::string::npos; }))
        << phone.tell("files");
}

void expectNothingLeft(Board& board) {
    EXPECT_TRUE(eventually([&] { return board.tell("sessions") == "0"; })) << board.tell("sessions");
    EXPECT_TRUE(eventually([&] { return board.tell("files").find("session-") == std::string::npos; }))
        << board.tell("files");
}

}  // namespace lathe::test
