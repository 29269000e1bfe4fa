// This computer as a device, and what does not depend on the way there: sessions, sweeping.
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "tests/engine/remote/transport_checks.h"
#include "tests/support/devices/rigs.h"

namespace lathe::remote {
namespace {

using namespace std::chrono_literals;
using test::connect;
namespace fs = std::filesystem;

class LocalTransport : public testing::Test {
  protected:
    DeviceAddress address(const std::string& folder = "lathe files") const {
        return {.transport = "local", .folder = (m_home.path() / folder).string()};
    }
    fs::path folder() const { return m_home.path() / "lathe files"; }
    test::TemporaryDir m_home;
    Tools m_tools;
};

TEST_F(LocalTransport, runsCommands) {
    const auto connection = connect(address(), m_tools);
    ASSERT_TRUE(connection);
    test::checkRun(*connection);
}

TEST_F(LocalTransport, pushesOnce) { test::checkPush(address(), m_tools); }

TEST_F(LocalTransport, echoesThroughAChannel) {
    const auto connection = connect(address(), m_tools);
    ASSERT_TRUE(connection);
    test::checkChannel(*connection);
}

TEST_F(LocalTransport, liesInTheUsersCache) {
    m_tools.environment = {{"HOME", m_home.path().string()}, {"XDG_CACHE_HOME", ""}};
    const auto connection = connect({.transport = "local"}, m_tools);
    ASSERT_TRUE(connection);
    EXPECT_TRUE(fs::exists(m_home.path() / ".cache/lathe/device"));
}

TEST_F(LocalTransport, removesTheSessionFolder) {
    auto connection = connect(address(), m_tools);
    ASSERT_TRUE(connection);
    const fs::path session = connection->sessionFolder();
    EXPECT_TRUE(fs::exists(session));
    ASSERT_TRUE(
        connection->run(script("echo x > '" + session.string() + "/left'"), base::deadlineIn(5s), {}).ok());
    connection->close();
    EXPECT_FALSE(fs::exists(session));
    const auto after = connection->run(script("true"), base::deadlineIn(5s), {});
    ASSERT_FALSE(after.ok());
    EXPECT_EQ(after.failure().sentence, "This computer: the connection was closed.");
}

TEST_F(LocalTransport, sweepsWhatEndedSessionsLeft) {
    const auto living = connect(address(), m_tools);
    ASSERT_TRUE(living);
    const auto make = [&](const std::string& name, const std::string& owner) {
        fs::create_directory(folder() / name);
        if (!owner.empty()) std::ofstream(folder() / name / "owner") << owner << "\n";
    };
    make("session-gone", "999999");
    make("session-reused", std::to_string(::getpid()));  // a number that is somebody else's by now
    make("session-starting", "");                        // its keeper has not written its number yet
    make("session-old", "");
    fs::last_write_time(folder() / "session-old", fs::file_time_type::clock::now() - 49h);
    const auto connection = connect(address(), m_tools);
    ASSERT_TRUE(connection);
    EXPECT_TRUE(fs::exists(living->sessionFolder()));
    EXPECT_TRUE(fs::exists(connection->sessionFolder()));
    EXPECT_FALSE(fs::exists(folder() / "session-gone"));
    EXPECT_FALSE(fs::exists(folder() / "session-reused"));
    EXPECT_TRUE(fs::exists(folder() / "session-starting"));
    EXPECT_FALSE(fs::exists(folder() / "session-old"));
}

TEST_F(LocalTransport, givesOwnProgramsThePrefixAndEnvironment) {
    auto device = address();
    device.runPrefix = {"env", "LATHE_PREFIX=1"};
    device.environment = {{"LATHE_DEVICE", "two words"}};
    const auto connection = connect(device, m_tools);
    ASSERT_TRUE(connection);
    Command command = script("echo \"$LATHE_PREFIX $LATHE_DEVICE\"");
    EXPECT_EQ(connection->run(command, base::deadlineIn(5s), {})->output, " \n");
    command.own = true;
    EXPECT_EQ(connection->run(command, base::deadlineIn(5s), {})->output, "1 two words\n");
}

TEST_F(LocalTransport, saysWhyAFolderCannotBeUsed) {
    std::ofstream(m_home.path() / "file") << "x";
    test::expectNoConnection(address("file/below"), m_tools, Failure::Kind::notWritable);
    test::expectNoConnection({.transport = "local", .folder = "/proc/lathe"}, m_tools,
                             Failure::Kind::notWritable);
    test::expectNoConnection({.transport = "pigeon"}, m_tools, Failure::Kind::failed);
}

TEST_F(LocalTransport, saysThatAProgramIsForAnotherProcessor) {
    const auto connection = connect(address(), m_tools);
    ASSERT_TRUE(connection);
    const auto path = folder() / "files/alien";
    std::ofstream(path) << "\177ELF\2\1\1" << std::string(9, '\0') << "\2\0\377\0" << std::string(100, '\0');
    fs::permissions(path, fs::perms::owner_all);
    auto channel = connection->start({.arguments = {path.string()}});
    ASSERT_TRUE(channel.ok());
    std::string output, error;
    while ((*channel)->read(&output, &error, base::deadlineIn(5s), {}) == Channel::Io::ready) {
    }
    EXPECT_EQ(name((*channel)->whyEnded(error).kind), "wrongProgram") << error;
}

}  // namespace
}  // namespace lathe::remote
