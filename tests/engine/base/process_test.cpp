#include "engine/base/process.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "engine/base/find_program.h"
#include "tests/support/test_paths.h"
#include "tests/support/time_scale.h"

namespace lathe::base {
namespace {

using namespace std::chrono_literals;
using Io = Process::Io;

Deadline soon() { return deadlineIn(10s); }

std::unique_ptr<Process> started(std::vector<std::string> arguments) {
    auto process = Process::start({.arguments = std::move(arguments)});
    EXPECT_TRUE(process.ok());
    return process ? std::move(*process) : nullptr;
}

ProcessOutput shell(std::string line, std::string_view input = {}, ProcessOptions options = {}) {
    options.arguments = {"sh", "-c", std::move(line)};
    auto result = runProcess(options, input, soon(), {});
    EXPECT_TRUE(result.ok());
    return result ? *result : ProcessOutput{};
}

bool runs(pid_t id) { return ::kill(id, 0) == 0; }

TEST(Process, keepsOutputErrorAndCodeApart) {
    const auto result = shell("echo out; echo err >&2; exit 42");
    EXPECT_EQ(result.output, "out\n");
    EXPECT_EQ(result.error, "err\n");
    EXPECT_EQ(result.exit.code, 42);
    EXPECT_EQ(result.exit.signal, 0);
}

TEST(Process, passesArgumentsUntouchedByAnyShell) {
    auto result = runProcess({.arguments = {"printf", "%s|", "a b", "$HOME", "'\"\\", ""}}, {}, soon(), {});
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(result->output, "a b|$HOME|'\"\\||");
}

TEST(Process, addsToTheEnvironmentAndChangesTheFolder) {
    test::TemporaryDir folder;
    const auto result = shell(
        "echo $LATHE_ONE $PATH; pwd", {},
        {.environment = {{"LATHE_ONE", "1"}, {"PATH", "/bin:/usr/bin"}}, .workingFolder = folder.path()});
    EXPECT_EQ(result.output, "1 /bin:/usr/bin\n" + folder.path().string() + "\n");
}

TEST(Process, readsItsInputFromAFile) {
    test::TemporaryDir folder;
    std::ofstream(folder.path() / "in") << "from a file";
    EXPECT_EQ(shell("cat", {}, {.input = folder.path() / "in"}).output, "from a file");
    EXPECT_FALSE(Process::start({.arguments = {"cat"}, .input = folder.path() / "absent"}).ok());
}

TEST(Process, namesAMissingProgram) {
    const auto process = Process::start({.arguments = {"lathe-no-such-program"}});
    ASSERT_FALSE(process.ok());
    EXPECT_EQ(process.error().message,
              "lathe-no-such-program: cannot be started: No such file or directory. "
              "Install it or set its path in the settings.");
}

TEST(Process, movesMuchBothWaysAtOnce) {
    std::string much;
    for (int i = 0; much.size() < 10'000'000; ++i) much += std::to_string(i) + "\n";
    const auto result = shell("cat", much);
    EXPECT_EQ(result.output.size(), much.size());
    EXPECT_TRUE(result.output == much);
}

TEST(Process, keepsInputOpenUntilClosedOnPurpose) {
    auto process = started({"cat"});
    EXPECT_EQ(process->write("one\n", soon(), {}), Io::ready);
    std::string output;
    EXPECT_EQ(process->read(&output, nullptr, soon(), {}), Io::ready);
    EXPECT_EQ(output, "one\n");
    EXPECT_EQ(process->read(&output, nullptr, deadlineIn(100ms), {}), Io::timedOut);
    EXPECT_FALSE(process->exit());
    process->closeInput();
    EXPECT_EQ(process->read(&output, nullptr, soon(), {}), Io::ended);
    EXPECT_EQ(process->wait(soon(), {}), Io::ready);
    EXPECT_TRUE(process->exit()->success());
    EXPECT_EQ(process->write("two", soon(), {}), Io::ended);
}

TEST(Process, answersABrokenPipeWithoutASignal) {
    auto process = started({"sh", "-c", "exec 0<&-; echo closed; sleep 30"});
    std::string output;
    ASSERT_EQ(process->read(&output, nullptr, soon(), {}), Io::ready);
    const std::string much(1 << 20, 'x');
    EXPECT_EQ(process->write(much, soon(), {}), Io::ended);
    sigset_t pending;
    sigpending(&pending);
    EXPECT_EQ(sigismember(&pending, SIGPIPE), 0);
}

TEST(Process, killsWhatTheChildStartedAndLeavesNoZombie) {
    auto process = started({"sh", "-c", "sleep 60 & echo $!; wait"});
    std::string output;
    ASSERT_EQ(process->read(&output, nullptr, soon(), {}), Io::ready);
    const pid_t child = process->id(), grandchild = std::stoi(output);
    EXPECT_TRUE(runs(grandchild));
    process.reset();
    EXPECT_FALSE(runs(child));
    EXPECT_EQ(::waitpid(child, nullptr, WNOHANG), -1);
    // The grandchild is reaped by the first process of the machine, which may take a moment.
    for (int i = 0; i < 200 && runs(grandchild); ++i) {
        std::ifstream status("/proc/" + output.substr(0, output.size() - 1) + "/stat");
        const std::string text((std::istreambuf_iterator<char>(status)), {});
        if (text.find(") Z") != std::string::npos) break;
        std::this_thread::sleep_for(10ms);
        EXPECT_LT(i, 199);
    }
}

TEST(Process, reportsTheSignal) {
    auto process = started({"sleep", "60"});
    process->kill();
    EXPECT_EQ(process->wait(soon(), {}), Io::ready);
    EXPECT_EQ(process->exit()->signal, SIGKILL);
    process->kill();  // a second time does nothing
}

TEST(Process, keepsItsPipesFromOtherChildren) {
    auto first = started({"cat"});
    const int careless = ::dup(0);  // without O_CLOEXEC
    const auto second = shell("ls /proc/self/fd | wc -l; ls -l /proc/self/fd");
    EXPECT_EQ(std::stoi(second.output), 4) << second.output;  // three streams, and the folder being listed
    ::close(careless);
    // Would the second child hold the first one's input, closing it here would not end it.
    auto third = started({"sleep", "60"});
    first->closeInput();
    EXPECT_EQ(first->wait(soon(), {}), Io::ready);
}

TEST(Process, doesNotWaitForADaemonThatHoldsThePipes) {
    const auto start = std::chrono::steady_clock::now();
    const auto result = shell("setsid sleep 20 & echo $!");
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
    ASSERT_FALSE(result.output.empty());
    ::kill(std::stoi(result.output), SIGKILL);
}

TEST(Process, stopsSoonAfterCancel) {
    Progress progress;
    std::thread other([&] {
        std::this_thread::sleep_for(100ms);
        progress.cancel();
    });
    const auto start = std::chrono::steady_clock::now();
    auto result = runProcess({.arguments = {"sleep", "60"}}, {}, deadlineIn(30s), progress);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 300ms * test::kTimeScale);
    other.join();
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(result->state, Io::cancelled);
}

TEST(Process, killsAtTheDeadline) {
    auto result = runProcess({.arguments = {"sleep", "60"}}, {}, deadlineIn(100ms), {});
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(result->state, Io::timedOut);
    EXPECT_EQ(result->exit.signal, SIGKILL);
}

TEST(FindProgram, prefersTheChosenPath) {
    EXPECT_TRUE(findProgram("sh"));
    EXPECT_EQ(findProgram("sh", "/bin/cat"), std::filesystem::path("/bin/cat"));
    EXPECT_FALSE(findProgram("sh", "/no/such/file"));
    EXPECT_FALSE(findProgram("lathe-no-such-program"));
    test::TemporaryDir folder;
    const auto program = folder.path() / "lathe-own-program";
    std::ofstream(program) << "#!/bin/sh\n";
    EXPECT_FALSE(findProgram("lathe-own-program", {}, {folder.path()}));
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    EXPECT_EQ(findProgram("lathe-own-program", {}, {folder.path()}), program);
}

}  // namespace
}  // namespace lathe::base
