// The user's ssh against a private sshd on the loopback.
#include <gtest/gtest.h>

#include <fstream>

#include "engine/base/file_map.h"
#include "engine/remote/ssh_host_key.h"
#include "tests/engine/remote/transport_checks.h"
#include "tests/support/devices/rigs.h"

namespace lathe::remote {
namespace {

using namespace std::chrono_literals;
using Kind = Failure::Kind;
using test::Board;
using test::connect;
using test::eventually;

base::Deadline soon() { return base::deadlineIn(15s); }

class SshTransport : public testing::Test {
  protected:
    static void SetUpTestSuite() { s_board = std::make_unique<Board>(); }
    static void TearDownTestSuite() { s_board.reset(); }
    void SetUp() override {
        if (!s_board->skipReason().empty()) GTEST_SKIP() << s_board->skipReason();
    }
    // Nothing is left lying or running once all connections are closed.
    void TearDown() override {
        if (!s_board->skipReason().empty()) return;
        EXPECT_TRUE(eventually([] { return s_board->tell("sessions") == "0"; })) << s_board->tell("sessions");
        EXPECT_TRUE(eventually([&] { return s_board->tell("files").find("session-") == std::string::npos; }))
            << s_board->tell("files");
    }
    static DeviceAddress in(const std::string& folder) {
        auto address = Board::host("board");
        address.folder = (s_board->folder() / folder).string();
        return address;
    }
    static const Tools& tools() { return s_board->tools(); }
    static inline std::unique_ptr<Board> s_board;
};

TEST_F(SshTransport, runsCommands) {
    const auto connection = connect(Board::host("board"), tools());
    ASSERT_TRUE(connection);
    EXPECT_EQ(connection->sessionFolder().find((s_board->folder() / "home/.cache/lathe/session-").string()),
              0u);
    test::checkRun(*connection);
}

TEST_F(SshTransport, pushesOnce) { test::checkPush(Board::host("board"), tools()); }

TEST_F(SshTransport, echoesThroughAChannel) {
    const auto connection = connect(Board::host("board"), tools());
    ASSERT_TRUE(connection);
    test::checkChannel(*connection);
    EXPECT_EQ(s_board->tell("sessions"), "1");  // one login for everything
}

TEST_F(SshTransport, tellsWhyThereIsNoConnection) {
    test::expectNoConnection(Board::host("stranger"), tools(), Kind::authentication);
    test::expectNoConnection(Board::host("unknown"), tools(), Kind::unknownHostKey);
    test::expectNoConnection(Board::host("changed"), tools(), Kind::changedHostKey);
    test::expectNoConnection(Board::host("closed"), tools(), Kind::refused);
    test::expectNoConnection(Board::host("nowhere"), tools(), Kind::unreachable);
    test::expectNoConnection(Board::host("-oProxyCommand=true"), tools(), Kind::failed);
    Tools absent = tools();
    absent.ssh = "/no/such/ssh";
    test::expectNoConnection(Board::host("board"), absent, Kind::toolMissing);
    EXPECT_EQ(describe(Board::host("closed"), tools(), soon(), {}).problem->kind, Kind::refused);
    EXPECT_FALSE(describe(Board::host("board"), tools(), soon(), {}).problem);
}

TEST_F(SshTransport, keepsAConfirmedHostKeyInItsOwnFile) {
    const auto key = scanHostKey("unknown", tools(), soon(), {});
    ASSERT_TRUE(key.ok()) << key.failure().text();
    const auto shown = base::runProcess(
        {.arguments = {"ssh-keygen", "-lf", (s_board->folder() / "host_key.pub").string()}}, {}, soon(), {});
    EXPECT_NE(shown->output.find(key->fingerprint), std::string::npos) << shown->output << key->fingerprint;
    EXPECT_EQ(key->type, "ssh-ed25519");

    ASSERT_TRUE(trustHostKey(*key, tools()).ok());
    EXPECT_TRUE(connect(Board::host("unknown"), tools()));
    EXPECT_EQ(*base::readTextFile(s_board->folder() / "no_hosts"), "");  // the user's file is as it was
    ASSERT_TRUE(forgetHostKey("unknown", tools(), soon(), {}).ok());
    test::expectNoConnection(Board::host("unknown"), tools(), Kind::unknownHostKey);
    EXPECT_EQ(scanHostKey("closed", tools(), soon(), {}).failure().kind, Kind::refused);
}

TEST_F(SshTransport, asksForAPassPhraseThroughTheHelper) {
    test::TemporaryDir folder;
    const auto helper = folder.path() / "askpass";
    std::ofstream(helper) << "#!/bin/sh\necho \"$1\" > '" << folder.path().string()
                          << "/question'\necho \"$ANSWER\"\n";
    std::filesystem::permissions(helper, std::filesystem::perms::owner_all);
    Tools asking = tools();
    asking.askpass = Askpass{helper, {{"ANSWER", "open sesame"}}};
    EXPECT_TRUE(connect(Board::host("locked"), asking));
    EXPECT_NE(base::readTextFile(folder.path() / "question")->find("locked_key"), std::string::npos);
    asking.askpass->environment = {{"ANSWER", "wrong"}};
    test::expectNoConnection(Board::host("locked"), asking, Kind::authentication);
    test::expectNoConnection(Board::host("locked"), tools(), Kind::authentication);
}

TEST_F(SshTransport, noticesAKilledSession) {
    const auto connection = connect(Board::host("board"), tools());
    ASSERT_TRUE(connection);
    test::expectBroken(
        *connection, [] { s_board->tell("kill-sessions"); }, Kind::disconnected);
    EXPECT_TRUE(connect(Board::host("board"), tools()));  // a new one works at once
}

TEST_F(SshTransport, noticesADeadLink) {
    const auto connection = connect(Board::host("board"), tools());
    ASSERT_TRUE(connection);
    test::expectBroken(
        *connection, [] { s_board->tell("stop-sessions"); }, Kind::disconnected);
    s_board->tell("kill-sessions");
}

TEST_F(SshTransport, endsAChannelWithTheLink) {
    const auto connection = connect(Board::host("board"), tools());
    ASSERT_TRUE(connection);
    auto channel = connection->start({.arguments = {"cat"}});
    ASSERT_TRUE(channel.ok());
    std::string output;
    ASSERT_EQ((*channel)->write("x", soon(), {}), Channel::Io::ready);
    ASSERT_EQ((*channel)->read(&output, nullptr, soon(), {}), Channel::Io::ready);
    s_board->tell("kill-sessions");
    EXPECT_EQ((*channel)->read(&output, &output, base::deadlineIn(5s), {}), Channel::Io::ended);
    EXPECT_EQ(name((*channel)->whyEnded("").kind), "disconnected");
}

TEST_F(SshTransport, saysThatTheDiskIsFull) {
    test::TemporaryDir folder;
    std::ofstream(folder.path() / "big") << std::string(3'000'000, 'x');
    const auto connection = connect(in("small/lathe"), tools());
    ASSERT_TRUE(connection);
    const auto pushed = connection->push(folder.path() / "big", "big", false, {});
    ASSERT_FALSE(pushed.ok());
    EXPECT_EQ(name(pushed.failure().kind), "diskFull") << pushed.failure().text();
    EXPECT_EQ(s_board->tell("files").find("big"), std::string::npos) << s_board->tell("files");
}

TEST_F(SshTransport, makesRoomForANewFile) {
    test::TemporaryDir folder;
    for (const char* name : {"first", "second", "third"})
        std::ofstream(folder.path() / name) << std::string(400'000, *name);
    const auto names = [] { return s_board->tell("files"); };
    {
        const auto connection = connect(in("small/lathe"), tools());
        ASSERT_TRUE(connection);
        for (const char* name : {"first", "second"}) {
            const auto pushed = connection->push(folder.path() / name, name, false, {});
            ASSERT_TRUE(pushed.ok()) << pushed.failure().text();
        }
        // What this connection uses stays.
        const auto pushed = connection->push(folder.path() / "third", "third", false, {});
        ASSERT_FALSE(pushed.ok());
        EXPECT_EQ(name(pushed.failure().kind), "diskFull") << pushed.failure().text();
        EXPECT_NE(names().find("first-"), std::string::npos) << names();
    }
    const auto connection = connect(in("small/lathe"), tools());
    ASSERT_TRUE(connection);
    const auto pushed = connection->push(folder.path() / "third", "third", false, {});
    ASSERT_TRUE(pushed.ok()) << pushed.failure().text();
    EXPECT_EQ(names().find("first-"), std::string::npos) << names();
}

TEST_F(SshTransport, saysThatProgramsCannotRunThere) {
    test::TemporaryDir folder;
    std::ofstream(folder.path() / "tool") << "#!/bin/sh\n";
    const auto connection = connect(in("noexec/lathe"), tools());
    ASSERT_TRUE(connection);
    const auto pushed = connection->push(folder.path() / "tool", "tool", true, {});
    ASSERT_FALSE(pushed.ok());
    EXPECT_EQ(name(pushed.failure().kind), "notExecutable") << pushed.failure().text();
}

}  // namespace
}  // namespace lathe::remote
