// The user's adb against simulated phones, with an adb server of its own.
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "engine/remote/adb_client.h"
#include "engine/remote/adb_watcher.h"
#include "tests/engine/remote/transport_checks.h"
#include "tests/support/devices/rigs.h"
#include "tests/support/time_scale.h"

namespace lathe::remote {
namespace {

using namespace std::chrono_literals;
using Kind = Failure::Kind;
using test::connect;
using test::eventually;
using test::SimulatedPhone;

base::Deadline soon() { return base::deadlineIn(15s); }

class AdbTransport : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        s_server = std::make_unique<test::AdbServer>();
        s_phone = std::make_unique<SimulatedPhone>();
    }
    static void TearDownTestSuite() {
        s_phone.reset();
        s_server.reset();
    }
    void SetUp() override {
        if (!s_server->skipReason().empty()) GTEST_SKIP() << s_server->skipReason();
        if (!s_phone->skipReason().empty()) GTEST_SKIP() << s_phone->skipReason();
        ASSERT_TRUE(adbConnect(s_phone->serial(), tools(), soon(), {}).ok());
        ASSERT_TRUE(ready());
    }
    // Nothing is left lying or running once all connections are closed.
    void TearDown() override {
        if (IsSkipped()) return;
        EXPECT_TRUE(eventually([] { return s_phone->tell("processes") == "0"; }))
            << s_phone->tell("processes");
        EXPECT_TRUE(eventually([&] { return s_phone->tell("files").find("session-") == std::string::npos; }))
            << s_phone->tell("files");
    }
    static bool ready() {
        return eventually([] {
            return s_server->call({"-s", s_phone->serial(), "get-state"}) == "device\n";
        });
    }
    static const Tools& tools() { return s_server->tools(); }
    static inline std::unique_ptr<test::AdbServer> s_server;
    static inline std::unique_ptr<SimulatedPhone> s_phone;
};

TEST_F(AdbTransport, runsCommands) {
    const auto connection = connect(s_phone->address(), tools());
    ASSERT_TRUE(connection);
    EXPECT_EQ(connection->sessionFolder().find("/data/local/tmp/lathe/session-"), 0u);
    test::checkRun(*connection);
}

TEST_F(AdbTransport, pushesOnce) {
    test::checkPush(s_phone->address(), tools());
    const auto before = s_phone->tell("pushed");
    const auto connection = connect(s_phone->address(), tools());
    ASSERT_TRUE(connection);
    test::TemporaryDir folder;
    std::ofstream(folder.path() / "model") << std::string(1'000'000, 'm');
    ASSERT_TRUE(connection->push(folder.path() / "model", "model", false, {}).ok());
    EXPECT_EQ(std::stoi(s_phone->tell("pushed")) - std::stoi(before), 1'000'000);
}

TEST_F(AdbTransport, echoesThroughAChannel) {
    const auto connection = connect(s_phone->address(), tools());
    ASSERT_TRUE(connection);
    test::checkChannel(*connection);
}

TEST_F(AdbTransport, usesTwoPhonesAtOnce) {
    SimulatedPhone other;
    ASSERT_TRUE(adbConnect(other.serial(), tools(), soon(), {}).ok());
    const auto first = connect(s_phone->address(), tools()), second = connect(other.address(), tools());
    ASSERT_TRUE(first && second);
    std::thread beside([&] { test::checkChannel(*first); });
    test::checkChannel(*second);
    beside.join();
    other.tell("drop");
    EXPECT_TRUE(eventually([&] { return second->lost(0ms).has_value(); }));
    EXPECT_FALSE(first->lost(0ms));
    EXPECT_TRUE(adbDisconnect(other.serial(), tools(), soon(), {}).ok());
}

TEST_F(AdbTransport, waitsForThePersonToAllowThisComputer) {
    SimulatedPhone shy({"--unauthorized"});
    const auto refused = adbConnect(shy.serial(), tools(), soon(), {});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(name(refused.failure().kind), "unauthorized") << refused.failure().text();
    test::expectNoConnection(shy.address(), tools(), Kind::unauthorized);
    shy.tell("allow");
    EXPECT_TRUE(eventually([&] { return s_server->call({"-s", shy.serial(), "get-state"}) == "device\n"; }));
    EXPECT_TRUE(connect(shy.address(), tools()));
    EXPECT_TRUE(adbDisconnect(shy.serial(), tools(), soon(), {}).ok());
}

TEST_F(AdbTransport, believesTheWordsOfConnect) {
    EXPECT_TRUE(adbConnect(s_phone->serial(), tools(), soon(), {}).ok());  // already connected
    const auto refused = adbConnect("127.0.0.1:1", tools(), soon(), {});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(name(refused.failure().kind), "refused") << refused.failure().text();
    test::expectNoConnection({.transport = "adb", .address = "NOBODY"}, tools(), Kind::notConnected);
    Tools absent = tools();
    absent.adb = "/no/such/adb";
    test::expectNoConnection(s_phone->address(), absent, Kind::toolMissing);
}

TEST_F(AdbTransport, noticesAPulledCable) {
    auto connection = connect(s_phone->address(), tools());
    ASSERT_TRUE(connection);
    test::expectBroken(
        *connection, [] { s_phone->tell("drop"); }, Kind::disconnected);
    ASSERT_TRUE(ready());
    connection = connect(s_phone->address(), tools());
    ASSERT_TRUE(connection);
    auto channel = connection->start({.arguments = {"cat"}});
    ASSERT_TRUE(channel.ok());
    s_phone->tell("drop");
    std::string output;
    const auto limit = base::deadlineIn(5s);
    auto state = Channel::Io::ready;
    while (state == Channel::Io::ready) state = (*channel)->read(&output, &output, limit, {});
    EXPECT_EQ(state, Channel::Io::ended);
    EXPECT_EQ(name((*channel)->whyEnded(output).kind), "disconnected");
}

TEST_F(AdbTransport, noticesTheEndOfTheServer) {
    const auto connection = connect(s_phone->address(), tools());
    ASSERT_TRUE(connection);
    test::expectBroken(
        *connection, [] { s_server->call({"kill-server"}); }, Kind::serverEnded);
}

TEST_F(AdbTransport, noticesAHungPhoneWhileSending) {
    const auto connection = connect(s_phone->address(), tools());
    ASSERT_TRUE(connection);
    test::TemporaryDir folder;
    std::ofstream(folder.path() / "big") << std::string(4'000'000, 'x');
    s_phone->tell("speed 1000000");
    std::thread other([] {
        std::this_thread::sleep_for(500ms);
        s_phone->tell("hang on");
    });
    const auto start = std::chrono::steady_clock::now();
    const auto pushed = connection->push(folder.path() / "big", "big", false, {});
    EXPECT_LT(std::chrono::steady_clock::now() - start, 8s * test::kTimeScale);
    other.join();
    ASSERT_FALSE(pushed.ok());
    EXPECT_EQ(name(pushed.failure().kind), "timedOut") << pushed.failure().text();
    s_phone->tell("hang off");
    s_phone->tell("speed 0");
}

TEST_F(AdbTransport, cancelsASlowPush) {
    const auto connection = connect(s_phone->address(), tools());
    ASSERT_TRUE(connection);
    test::TemporaryDir folder;
    std::ofstream(folder.path() / "big") << std::string(4'000'000, 'x');
    s_phone->tell("speed 500000");
    base::Progress progress;
    std::chrono::steady_clock::time_point cancelled;
    std::thread other([&] {
        EXPECT_TRUE(eventually([&] { return progress.snapshot().fraction > 0.1; }, 5s));
        cancelled = std::chrono::steady_clock::now();
        progress.cancel();
    });
    const auto pushed = connection->push(folder.path() / "big", "big", false, progress);
    const auto returned = std::chrono::steady_clock::now();
    other.join();
    EXPECT_LT(returned - cancelled, 200ms * test::kTimeScale);
    EXPECT_EQ(pushed.failure().kind, Kind::cancelled);
    EXPECT_TRUE(eventually([] { return s_phone->tell("files").find(".part") == std::string::npos; }));
    s_phone->tell("speed 0");
}

TEST_F(AdbTransport, saysThatTheDiskIsFull) {
    const auto connection = connect(s_phone->address(), tools());
    ASSERT_TRUE(connection);
    test::TemporaryDir folder;
    std::ofstream(folder.path() / "big") << std::string(3'000'000, 'x');
    EXPECT_EQ(s_phone->tell("fill on"), "ok");
    const auto pushed = connection->push(folder.path() / "big", "big", false, {});
    const auto another = describe(s_phone->address(), tools(), soon(), {});
    EXPECT_EQ(s_phone->tell("fill off"), "ok");
    ASSERT_FALSE(pushed.ok());
    EXPECT_EQ(name(pushed.failure().kind), "diskFull") << pushed.failure().text();
    ASSERT_TRUE(another.problem);
    EXPECT_EQ(name(another.problem->kind), "diskFull") << another.problem->text();
    EXPECT_EQ(s_phone->tell("files").find("big"), std::string::npos);
}

}  // namespace
}  // namespace lathe::remote
