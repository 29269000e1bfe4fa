#include "engine/remote/adb_watcher.h"

#include <gtest/gtest.h>

#include <fstream>
#include <mutex>

#include "engine/remote/adb_client.h"
#include "tests/support/devices/rigs.h"
#include "tests/support/time_scale.h"

namespace lathe::remote {
namespace {

using namespace std::chrono_literals;
using test::eventually;

base::Deadline soon() { return base::deadlineIn(15s); }

TEST(AdbDevices, areParsed) {
    const auto devices = parseAdbDevices("0123 4567\tdevice\nX\tno permissions (user in group)\n\nrubbish\n");
    ASSERT_EQ(devices.size(), 2u);
    EXPECT_EQ(devices[0], (AdbDevice{"0123 4567", "device"}));
    EXPECT_FALSE(devices[0].problem());
    EXPECT_EQ(devices[1].problem()->kind, Failure::Kind::noPermissions);
    EXPECT_EQ(stateOf(devices, "0123 4567"), "device");
    EXPECT_EQ(stateOf(devices, "absent"), "");
}

TEST(AdbFrames, areCutByLengthWhereverTheBytesAreCut) {
    const std::string stream =
        "0009A\tdevice\n"
        "0000"
        "0013B\toffline\nC\tdevice\n";
    for (size_t piece = 1; piece <= stream.size(); ++piece) {
        AdbFrames frames;
        std::vector<std::vector<AdbDevice>> lists;
        for (size_t at = 0; at < stream.size(); at += piece)
            for (auto& list : frames.feed(stream.substr(at, piece))) lists.push_back(list);
        ASSERT_EQ(lists.size(), 3u) << piece;
        EXPECT_EQ(lists[0].size(), 1u);
        EXPECT_TRUE(lists[1].empty());
        EXPECT_EQ(stateOf(lists[2], "B"), "offline");
        EXPECT_EQ(stateOf(lists[2], "C"), "device");
        EXPECT_FALSE(frames.broken());
    }
    AdbFrames frames;
    EXPECT_TRUE(frames.feed("error: no").empty());
    EXPECT_TRUE(frames.broken());
}

// Keeps what a watcher tells.
class Receiver {
  public:
    std::function<void(const AdbList&)> function() {
        return [this](const AdbList& list) {
            std::lock_guard lock(m_mutex);
            m_lists.push_back(list);
        };
    }
    AdbList last() const {
        std::lock_guard lock(m_mutex);
        return m_lists.empty() ? AdbList{{{"nothing yet", ""}}, {}} : m_lists.back();
    }
    bool sees(const std::string& serial, const std::string& state) const {
        return eventually([&] { return stateOf(last().devices, serial) == state; });
    }
    std::vector<AdbList> all() const {
        std::lock_guard lock(m_mutex);
        return m_lists;
    }

    // For messages.
    std::string history() const {
        std::string text;
        for (const auto& list : all()) {
            for (const auto& device : list.devices) text += device.serial + "=" + device.state + " ";
            text += (list.problem ? list.problem->text() : "") + "\n";
        }
        return text;
    }

  private:
    mutable std::mutex m_mutex;
    std::vector<AdbList> m_lists;
};

TEST(AdbWatcher, followsPhonesAndServers) {
    const test::AdbServer server;
    if (!server.skipReason().empty()) GTEST_SKIP() << server.skipReason();
    test::SimulatedPhone phone({"--unauthorized"});
    if (!phone.skipReason().empty()) GTEST_SKIP() << phone.skipReason();

    Receiver receiver;
    {
        AdbWatcher watcher(server.tools(), receiver.function());
        EXPECT_TRUE(eventually([&] { return receiver.last().devices.empty(); }, 5s));
        (void)adbConnect(phone.serial(), server.tools(), soon(), {});
        EXPECT_TRUE(receiver.sees(phone.serial(), "unauthorized")) << receiver.history();
        phone.tell("allow");
        EXPECT_TRUE(receiver.sees(phone.serial(), "device"));
        phone.tell("refuse on");
        phone.tell("drop");
        EXPECT_TRUE(receiver.sees(phone.serial(), "offline"));
        phone.tell("refuse off");
        EXPECT_TRUE(
            eventually([&] { return stateOf(receiver.last().devices, phone.serial()) == "device"; }, 15s));

        server.call({"kill-server"});
        EXPECT_TRUE(receiver.sees(phone.serial(), ""));
        // The watcher starts the server again and sees what is connected to that one.
        EXPECT_TRUE(eventually([&] {
            return adbConnect(phone.serial(), server.tools(), soon(), {}).ok() &&
                   receiver.sees(phone.serial(), "device");
        }));
    }
    const auto lists = receiver.all();
    for (size_t i = 1; i < lists.size(); ++i) EXPECT_FALSE(lists[i] == lists[i - 1]) << i;
}

TEST(AdbWatcher, stopsAtOnce) {
    const test::AdbServer server;
    if (!server.skipReason().empty()) GTEST_SKIP() << server.skipReason();
    Receiver receiver;
    auto watcher = std::make_unique<AdbWatcher>(server.tools(), receiver.function());
    EXPECT_TRUE(eventually([&] { return receiver.last().devices.empty(); }, 5s));
    const auto start = std::chrono::steady_clock::now();
    watcher.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - start, 200ms * test::kTimeScale);
}

TEST(AdbWatcher, saysThatThereIsNoAdb) {
    Tools tools;
    tools.adb = "/no/such/adb";
    Receiver receiver;
    const AdbWatcher watcher(tools, receiver.function());
    EXPECT_TRUE(eventually([&] { return receiver.last().problem.has_value(); }));
    EXPECT_EQ(receiver.last().problem->kind, Failure::Kind::toolMissing);
}

// No phone here can be paired with, and no adb of this age can pair: the words of a newer one.
TEST(AdbPair, believesTheWordsAndHidesTheCode) {
    test::TemporaryDir folder;
    const auto program = folder.path() / "adb";
    std::ofstream(program)
        << "#!/bin/sh\n[ \"$1 $2 $#\" = 'pair 10.0.0.9:37 2' ] || exit 9\nread -r code\n"
           "if [ \"$code\" = 123456 ]; then\n"
           "  echo 'Enter pairing code: Successfully paired to 10.0.0.9:37 [guid=adb-x]'; exit 1\n"
           "fi\necho 'Enter pairing code: Failed: Wrong password or connection was dropped.'\n";
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    Tools tools;
    tools.adb = program;
    EXPECT_TRUE(adbPair("10.0.0.9:37", "123456", tools, soon(), {}).ok());
    const auto wrong = adbPair("10.0.0.9:37", "654321", tools, soon(), {});
    ASSERT_FALSE(wrong.ok());
    EXPECT_EQ(name(wrong.failure().kind), "authentication") << wrong.failure().text();
}

}  // namespace
}  // namespace lathe::remote
