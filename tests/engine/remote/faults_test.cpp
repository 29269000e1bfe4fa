// Harm at random moments of a whole session: connect, send, run, speak, close. The session must end within
// five seconds (eight for a device that hangs) with a true reason, and nothing may be left.
// LATHE_FAULT_MOMENTS chooses how often.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <random>
#include <thread>

#include "engine/remote/adb_client.h"
#include "tests/engine/remote/transport_checks.h"
#include "tests/support/devices/rigs.h"
#include "tests/support/time_scale.h"

namespace lathe::remote {
namespace {

using namespace std::chrono_literals;
using Kind = Failure::Kind;
using Clock = std::chrono::steady_clock;
using test::eventually;

int moments() {
    const char* chosen = std::getenv("LATHE_FAULT_MOMENTS");
    return chosen ? std::atoi(chosen) : 1;
}

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

struct Fault {
    const char* name;
    std::function<void()> harm;
    std::function<void()> heal;
    std::vector<Kind> reasons;  // those that are true at some moment
    Clock::duration limit;
};

void inflict(const Fault& fault, const DeviceAddress& address, const Tools& tools, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> moment(0, 1500);
    test::TemporaryDir folder;
    Clock::duration longest{0};
    int hit = 0;
    for (int i = 0; i < moments(); ++i) {
        // A new file each time: it is really sent.
        std::ofstream(folder.path() / "model") << std::string(1'000'000, 'm') << seed << i;
        const int wait = moment(random);
        std::atomic<Clock::time_point> harmed = Clock::time_point();
        std::thread other([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(wait));
            harmed = Clock::now();
            fault.harm();
        });
        const auto failure = session(address, tools, folder.path() / "model");
        const auto ended = Clock::now();
        other.join();
        fault.heal();
        if (!failure) continue;  // too late, or between two uses of the link
        ++hit;
        longest = std::max(longest, ended - harmed.load());
        EXPECT_LT(ended - harmed.load(), fault.limit * test::kTimeScale)
            << fault.name << " after " << wait << " ms";
        EXPECT_TRUE(std::count(fault.reasons.begin(), fault.reasons.end(), failure->kind))
            << fault.name << " after " << wait << " ms: " << name(failure->kind) << ": " << failure->text();
    }
    fmt::print("{:<22} {:>2} moments, {:>2} hit, longest {:.1f} s\n", fault.name, moments(), hit,
               std::chrono::duration<double>(longest).count());
}

TEST(Faults, ofAPhone) {
    test::AdbServer server;
    if (!server.skipReason().empty()) GTEST_SKIP() << server.skipReason();
    test::SimulatedPhone phone;
    if (!phone.skipReason().empty()) GTEST_SKIP() << phone.skipReason();
    phone.tell("speed 2000000");
    const auto connectAgain = [&] {
        EXPECT_TRUE(eventually(
            [&] {
                (void)adbConnect(phone.serial(), server.tools(), base::deadlineIn(5s), {});
                return server.call({"-s", phone.serial(), "get-state"}) == "device\n";
            },
            20s));
    };
    connectAgain();
    const Fault faults[] = {
        {"cable pulled",
         [&] { phone.tell("drop"); },
         connectAgain,
         {Kind::disconnected, Kind::offline, Kind::notConnected},
         5s},
        {"adb server killed",
         [&] { server.call({"kill-server"}); },
         connectAgain,
         // The server that is started again does not know the phone.
         {Kind::serverEnded, Kind::notConnected},
         5s},
        {"phone hangs",
         [&] { phone.tell("hang on"); },
         [&] {
             phone.tell("hang off");
             connectAgain();
         },
         {Kind::timedOut},
         8s},
        {"disk full", [&] { phone.tell("fill on"); }, [&] { phone.tell("fill off"); }, {Kind::diskFull}, 5s},
    };
    unsigned seed = 1;
    for (const auto& fault : faults) inflict(fault, phone.address(), server.tools(), seed++);
    EXPECT_TRUE(eventually([&] { return phone.tell("processes") == "0"; })) << phone.tell("processes");
    EXPECT_EQ(phone.tell("files").find("session-"), std::string::npos) << phone.tell("files");
}

TEST(Faults, ofABoard) {
    test::Board board;
    if (!board.skipReason().empty()) GTEST_SKIP() << board.skipReason();
    const Fault faults[] = {
        {"ssh session killed", [&] { board.tell("kill-sessions"); }, [] {}, {Kind::disconnected}, 5s},
        {"ssh link dead",
         [&] { board.tell("stop-sessions"); },
         [&] { board.tell("kill-sessions"); },
         {Kind::disconnected, Kind::timedOut, Kind::unreachable},
         5s},
    };
    unsigned seed = 11;
    for (const auto& fault : faults) inflict(fault, test::Board::host("board"), board.tools(), seed++);
    EXPECT_TRUE(eventually([&] { return board.tell("sessions") == "0"; })) << board.tell("sessions");
    EXPECT_EQ(board.tell("files").find("session-"), std::string::npos) << board.tell("files");
}

}  // namespace
}  // namespace lathe::remote
