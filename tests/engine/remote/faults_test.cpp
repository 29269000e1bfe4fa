// Harm at random moments of a whole session: connect, send, run, speak, close. The session must end within
// five seconds (eight for a device that hangs) with a true reason, and nothing may be left.
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "tests/engine/remote/device_faults.h"
#include "tests/engine/remote/transport_checks.h"

namespace lathe::remote {
namespace {

using namespace std::chrono_literals;
using Kind = Failure::Kind;

// The whole session; the failure that ended it early.
std::optional<Failure> session(const DeviceAddress& address, const Tools& tools,
                               const std::filesystem::path& file) {
    const auto connection = Connection::open(address, tools, base::deadlineIn(5s), {});
    if (!connection) return connection.failure();
    if (const auto sent = (*connection)->push(file, "model", false, {}); !sent) return sent.failure();
    if (const auto ran = (*connection)->run(script("sleep 0.3"), base::deadlineIn(5s), {}); !ran)
        return ran.failure();
    auto channel = (*connection)->start({.arguments = {"cat"}});
    if (!channel) return channel.failure();
    for (int i = 0; i < 8; ++i) {
        std::string back;
        if ((*channel)->write("ping", base::deadlineIn(4s), {}) != Channel::Io::ready)
            return (*channel)->whyEnded("");
        while (back.size() < 4) {
            const auto state = (*channel)->read(&back, nullptr, base::deadlineIn(4s), {});
            if (state == Channel::Io::timedOut) return Failure{Kind::timedOut, "No answer.", {}};
            if (state == Channel::Io::ended) return (*channel)->whyEnded("");
        }
        std::this_thread::sleep_for(50ms);
    }
    (*connection)->close();
    return {};
}

void inflictOnSessions(const test::Fault& fault, const DeviceAddress& address, const Tools& tools,
                       unsigned seed) {
    test::TemporaryDir folder;
    test::inflict(fault, seed, 1500ms, [&](int i) {
        // A new file each time: it is really sent.
        std::ofstream(folder.path() / "model") << std::string(1'000'000, 'm') << seed << i;
        return session(address, tools, folder.path() / "model");
    });
}

TEST(Faults, ofAPhone) {
    test::AdbServer server;
    if (!server.skipReason().empty()) GTEST_SKIP() << server.skipReason();
    test::SimulatedPhone phone;
    if (!phone.skipReason().empty()) GTEST_SKIP() << phone.skipReason();
    phone.tell("speed 2000000");
    test::connectAgain(server, phone);
    unsigned seed = 1;
    for (const auto& fault : test::phoneFaults(server, phone))
        inflictOnSessions(fault, phone.address(), server.tools(), seed++);
    test::expectNothingLeft(phone);
}

TEST(Faults, ofABoard) {
    test::Board board;
    if (!board.skipReason().empty()) GTEST_SKIP() << board.skipReason();
    unsigned seed = 11;
    for (const auto& fault : test::boardFaults(board))
        inflictOnSessions(fault, test::Board::host("board"), board.tools(), seed++);
    test::expectNothingLeft(board);
}

}  // namespace
}  // namespace lathe::remote
