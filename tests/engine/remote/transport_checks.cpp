#include "tests/engine/remote/transport_checks.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "tests/support/devices/rigs.h"
#include "tests/support/test_paths.h"
#include "tests/support/time_scale.h"

namespace lathe::test {

using namespace std::chrono_literals;
using remote::Command;
using remote::Connection;
using remote::Failure;
using remote::script;
using Io = base::Process::Io;
using Clock = std::chrono::steady_clock;

namespace {

base::Deadline soon() { return base::deadlineIn(15s); }

}  // namespace

std::shared_ptr<Connection> connect(const remote::DeviceAddress& address, const remote::Tools& tools) {
    auto connection = Connection::open(address, tools, soon(), {});
    EXPECT_TRUE(connection.ok()) << connection.failure().text();
    return connection ? *connection : nullptr;
}

void checkRun(Connection& connection) {
    auto result = connection.run(script("echo out; echo err >&2; exit 42"), soon(), {});
    ASSERT_TRUE(result.ok()) << result.failure().text();
    EXPECT_EQ(result->output, "out\n");
    EXPECT_EQ(result->error, "err\n");
    EXPECT_EQ(result->code, 42);

    result = connection.run({.arguments = {"printf", "%s|", "a b", "$HOME `id` \\", "it's \"so\"", "*", ""}},
                            soon(), {});
    ASSERT_TRUE(result.ok()) << result.failure().text();
    EXPECT_EQ(result->output, "a b|$HOME `id` \\|it's \"so\"|*||");

    Command command = script("pwd; echo \"$LATHE_TEST\"; cat");
    command.environment = {{"LATHE_TEST", "a 'b'"}};
    command.workingFolder = connection.sessionFolder();
    result = connection.run(command, soon(), {});
    ASSERT_TRUE(result.ok()) << result.failure().text();
    EXPECT_EQ(result->output, connection.sessionFolder() + "\na 'b'\n");  // and an empty input

    result = connection.run(script("head -c 2000000 /dev/zero; exit 7"), soon(), {});
    ASSERT_TRUE(result.ok()) << result.failure().text();
    EXPECT_EQ(result->output.size(), 2'000'000u);
    EXPECT_EQ(result->code, 7);

    result = connection.run({.arguments = {"/no/such/program"}}, soon(), {});
    ASSERT_TRUE(result.ok()) << result.failure().text();
    EXPECT_EQ(result->code, 127);

    // What is stopped here is stopped there.
    const auto alive = [&](const std::string& seconds) {
        const auto found =
            connection.run(script("for p in /proc/[0-9]*/cmdline; do tr '\\0' ' ' < $p 2>/dev/null; "
                                  "echo; done | grep -c '^slee[p] " +
                                  seconds + "'"),
                           soon(), {});
        return found.ok() && found->output != "0\n";
    };
    result = connection.run(script("sleep 4711; true"), base::deadlineIn(500ms), {});
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.failure().kind, Failure::Kind::timedOut);
    EXPECT_TRUE(eventually([&] { return !alive("4711"); }));

    base::Progress progress;
    std::atomic<Clock::time_point> cancelled = Clock::time_point();
    std::thread other([&] {
        EXPECT_TRUE(eventually([&] { return alive("4712"); }));
        cancelled = Clock::now();
        progress.cancel();
    });
    result = connection.run(script("sleep 4712; true"), soon(), progress);
    EXPECT_LT(Clock::now() - cancelled.load(), 200ms * kTimeScale);
    other.join();
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.failure().kind, Failure::Kind::cancelled);
    EXPECT_TRUE(eventually([&] { return !alive("4712"); }));
}

void checkPush(const remote::DeviceAddress& address, const remote::Tools& tools) {
    TemporaryDir folder;
    const auto file = folder.path() / "tool with space.sh";
    {
        std::ofstream text(file);
        text << "#!/bin/sh\n#" << std::string(300'000, 'x') << "\necho \"ran $1\"\n";
    }
    std::string path;
    {
        const auto connection = connect(address, tools);
        ASSERT_TRUE(connection);
        for (int i = 0; i < 2; ++i) {
            const auto pushed = connection->push(file, "my tool", true, {});
            ASSERT_TRUE(pushed.ok()) << pushed.failure().text();
            path = *pushed;
        }
        EXPECT_EQ(connection->sentFiles(), 1);
        EXPECT_NE(path.find("my tool-"), std::string::npos);
        // Not by its first line: a phone has its shell elsewhere.
        const auto ran = connection->run({.arguments = {"sh", path, "it"}}, soon(), {});
        ASSERT_TRUE(ran.ok()) << ran.failure().text();
        EXPECT_EQ(ran->output, "ran it\n");
        const auto executable = connection->run(script("[ -x '" + path + "' ]"), soon(), {});
        EXPECT_TRUE(executable.ok() && executable->code == 0);
    }
    const auto connection = connect(address, tools);
    ASSERT_TRUE(connection);
    auto pushed = connection->push(file, "my tool", true, {});
    ASSERT_TRUE(pushed.ok()) << pushed.failure().text();
    EXPECT_EQ(*pushed, path);
    EXPECT_EQ(connection->sentFiles(), 0);
    pushed = connection->push(folder.path() / "absent", "x", false, {});
    ASSERT_FALSE(pushed.ok());
    EXPECT_EQ(pushed.failure().kind, Failure::Kind::localFile);

    // A file that was damaged in between is not believed.
    const auto again = connect(address, tools);
    ASSERT_TRUE(again && again->run(script("echo more >> '" + path + "'"), soon(), {}).ok());
    pushed = again->push(file, "my tool", true, {});
    ASSERT_TRUE(pushed.ok()) << pushed.failure().text();
    EXPECT_EQ(again->sentFiles(), 1);

    base::Progress cancelled;
    cancelled.cancel();
    pushed = again->push(file, "other", false, cancelled);
    ASSERT_FALSE(pushed.ok());
    EXPECT_EQ(pushed.failure().kind, Failure::Kind::cancelled);
}

void checkChannel(Connection& connection) {
    auto started = connection.start({.arguments = {"cat"}});
    ASSERT_TRUE(started.ok()) << started.failure().text();
    auto& channel = **started;
    std::string sent;
    for (int i = 0; sent.size() < 10'000'000; ++i) sent += std::to_string(i) + '\0';
    std::thread writer([&] { EXPECT_EQ(channel.write(sent, soon(), {}), Io::ready); });
    std::string back, error;
    Io state = Io::ready;
    while (state == Io::ready && back.size() < sent.size()) state = channel.read(&back, &error, soon(), {});
    writer.join();
    EXPECT_TRUE(back == sent) << back.size() << " of " << sent.size() << " bytes, " << error;
    EXPECT_EQ(channel.read(&back, &error, base::deadlineIn(100ms), {}), Io::timedOut);  // it waits for more
    channel.closeInput();
    EXPECT_EQ(channel.read(&back, &error, soon(), {}), Io::ended);
    EXPECT_EQ(channel.whyEnded("").kind, Failure::Kind::ended);  // the link held

    const auto start = Clock::now();
    auto deaf = connection.start({.arguments = {"sleep", "4713"}});
    ASSERT_TRUE(deaf.ok());
    (*deaf)->close(base::deadlineIn(300ms), {});
    EXPECT_LT(Clock::now() - start, 2s * kTimeScale);
}

void expectNoConnection(const remote::DeviceAddress& address, const remote::Tools& tools,
                        Failure::Kind kind) {
    const auto start = Clock::now();
    const auto connection = Connection::open(address, tools, soon(), {});
    EXPECT_LT(Clock::now() - start, 5s * kTimeScale);
    ASSERT_FALSE(connection.ok());
    EXPECT_EQ(name(connection.failure().kind), name(kind)) << connection.failure().text();
    EXPECT_FALSE(connection.failure().remedy.empty()) << connection.failure().text();
}

void expectBroken(Connection& connection, const std::function<void()>& harm, Failure::Kind kind) {
    Clock::time_point harmed;
    std::thread other([&] {
        std::this_thread::sleep_for(300ms);
        harmed = Clock::now();
        harm();
    });
    const auto result = connection.run(script("sleep 30"), base::deadlineIn(20s), {});
    other.join();
    EXPECT_LT(Clock::now() - harmed, 5s * kTimeScale);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(name(result.failure().kind), name(kind)) << result.failure().text();
    EXPECT_FALSE(result.failure().remedy.empty()) << result.failure().text();
    // And it stays broken, with the same reason, at once.
    const auto later = connection.run(script("true"), soon(), {});
    ASSERT_FALSE(later.ok());
    EXPECT_EQ(name(later.failure().kind), name(kind));
}

}  // namespace lathe::test
