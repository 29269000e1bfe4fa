#include "engine/remote/device_facts.h"

#include <gtest/gtest.h>

#include <random>

#include "engine/base/file_map.h"
#include "engine/remote/adb_client.h"
#include "engine/remote/device_cores.h"
#include "tests/engine/remote/transport_checks.h"
#include "tests/support/devices/rigs.h"

namespace lathe::remote {
namespace {

using namespace std::chrono_literals;
using Texts = std::vector<std::string>;

DeviceFacts sample(const std::string& name) {
    const auto text = base::readTextFile(test::sourceDir() / "tests/data/devices" / (name + ".txt"));
    EXPECT_TRUE(text.ok());
    return text ? parseFacts(*text) : DeviceFacts{};
}

std::string shown(const std::vector<Cluster>& clusters) {
    std::string text;
    for (const auto& cluster : clusters) {
        text += cluster.role + ":";
        for (int core : cluster.cores) text += " " + std::to_string(core);
        text += "; ";
    }
    return text;
}

TEST(DeviceFacts, ofABoard) {
    const auto facts = sample("board");
    EXPECT_EQ(facts.model, "Raspberry Pi 4 Model B Rev 1.4");
    EXPECT_FALSE(facts.soc);
    EXPECT_EQ(facts.abi, "aarch64");
    EXPECT_EQ(facts.system, "Debian GNU/Linux 12 (bookworm)");
    EXPECT_EQ(facts.kernel, "6.1.0-rpi7-rpi-v8");
    EXPECT_EQ(facts.pageSize, 4096);
    EXPECT_EQ(facts.cores, 2);
    EXPECT_EQ(shown(facts.clusters), "all: 0 1; ");
    EXPECT_EQ(facts.clusters[0].maxFrequency, 1'800'000'000);
    EXPECT_EQ(facts.clusters[0].governor, "ondemand");
    EXPECT_FALSE(facts.clusters[0].capacity);
    EXPECT_EQ(facts.instructionSets, Texts{"asimd"});
    EXPECT_EQ(facts.memoryBytes, 3884360u * 1024u);
    EXPECT_EQ(facts.freeDiskBytes, uint64_t{23927112} * 1024);
    ASSERT_EQ(facts.thermalZones.size(), 1u);
    EXPECT_DOUBLE_EQ(facts.thermalZones[0].celsius, 48.199);
    EXPECT_FALSE(facts.battery);
    EXPECT_FALSE(facts.emulated);
}

TEST(DeviceFacts, ofAPhoneThatTellsLittle) {
    const auto facts = sample("closed_phone");
    EXPECT_EQ(facts.model, "Google Pixel 8");
    EXPECT_EQ(facts.soc, "Google Tensor G3");
    EXPECT_EQ(facts.abi, "arm64-v8a");
    EXPECT_EQ(facts.system, "Android 15");
    EXPECT_EQ(facts.pageSize, 16384);
    EXPECT_EQ(facts.cores, 4);
    EXPECT_EQ(shown(facts.clusters), "little: 0 1; middle: 10; big: 2; ");
    EXPECT_FALSE(facts.clusters[2].maxFrequency);
    EXPECT_FALSE(facts.clusters[2].governor);
    EXPECT_EQ(facts.instructionSets, (Texts{"asimd", "fphp", "asimdhp", "asimddp", "i8mm", "bf16"}));
    EXPECT_FALSE(facts.availableMemoryBytes);
    EXPECT_FALSE(facts.freeDiskBytes);
    ASSERT_EQ(facts.thermalZones.size(), 1u);
    EXPECT_EQ(facts.thermalZones[0].name, "BIG cluster");
    ASSERT_TRUE(facts.battery);
    EXPECT_EQ(facts.battery->percent, 64);
    EXPECT_EQ(facts.battery->status, "Charging");
    EXPECT_EQ(facts.battery->celsius, 31.2);
    EXPECT_FALSE(facts.emulated);
}

TEST(DeviceFacts, ofNothingAreAbsent) {
    for (const char* text : {"", "\n== ", "\n== uname\n", "\n== memory\nMemTotal:\n\n== disk\n\n== page\nx\n",
                             "\n== cores\ncpu0\n\n== battery\ncapacity=\nstatus=\ntemp=\n"}) {
        const auto facts = parseFacts(text);
        EXPECT_FALSE(facts.model || facts.soc || facts.abi || facts.system || facts.kernel) << text;
        EXPECT_FALSE(facts.pageSize || facts.cores || facts.memoryBytes || facts.freeDiskBytes) << text;
        EXPECT_TRUE(facts.clusters.empty() && facts.instructionSets.empty() && facts.thermalZones.empty())
            << text;
        EXPECT_FALSE(facts.battery) << text;
    }
}

TEST(DeviceFacts, ofRubbishAreRead) {
    std::mt19937 random(7);
    for (const char* name : {"board", "closed_phone"}) {
        const auto text =
            base::readTextFile(test::sourceDir() / "tests/data/devices" / (std::string(name) + ".txt"));
        ASSERT_TRUE(text.ok());
        for (int i = 0; i < 500; ++i) {
            auto changed = *text;
            for (int j = 0; j < 20; ++j)
                changed[random() % changed.size()] = "0199999999= :-\n"[random() % 15];
            changed.resize(random() % (changed.size() + 1));
            const auto facts = parseFacts(changed);
            for (const auto& cluster : facts.clusters) EXPECT_GT(cluster.maxFrequency.value_or(1), 0);
            EXPECT_GT(facts.pageSize.value_or(1), 0);
        }
    }
}

TEST(DeviceCores, ofADesktopAreOneCluster) {
    const auto core = [](int number, int64_t megahertz) {
        return Core{number, megahertz * 1'000'000, {}, {}};
    };
    EXPECT_EQ(shown(clustersOf({core(0, 5000), core(1, 5100), core(2, 4900)})), "all: 0 1 2; ");
    EXPECT_EQ(shown(clustersOf({core(0, 5000), core(1, 5100), core(2, 3800)})), "little: 2; big: 0 1; ");
    EXPECT_EQ(shown(clustersOf({{0, {}, {}, {}}})), "");
}

TEST(DeviceFacts, ofThisComputer) {
    test::TemporaryDir folder;
    const auto connection = test::connect({.transport = "local",
                                           .folder = folder.path().string(),
                                           .runPrefix = {"/usr/bin/qemu-aarch64-static", "-L", "/x"}},
                                          {});
    ASSERT_TRUE(connection);
    const auto facts = readFacts(*connection, base::deadlineIn(10s), {});
    ASSERT_TRUE(facts.ok()) << facts.failure().text();
    EXPECT_GT(facts->cores.value_or(0), 0);
    EXPECT_GT(facts->memoryBytes.value_or(0), 100'000'000u);
    EXPECT_GT(facts->freeDiskBytes.value_or(0), 0u);
    EXPECT_GE(facts->pageSize.value_or(0), 4096);
    EXPECT_TRUE(facts->kernel && facts->system && facts->abi);
    EXPECT_TRUE(facts->emulated);  // by its prefix
}

TEST(DeviceFacts, ofTheSimulatedPhone) {
    const test::AdbServer server;
    if (!server.skipReason().empty()) GTEST_SKIP() << server.skipReason();
    test::SimulatedPhone phone;
    if (!phone.skipReason().empty()) GTEST_SKIP() << phone.skipReason();
    ASSERT_TRUE(adbConnect(phone.serial(), server.tools(), base::deadlineIn(15s), {}).ok());
    phone.tell("temperature 45");
    phone.tell("battery 15 Discharging");
    const auto connection = test::connect(phone.address(), server.tools());
    ASSERT_TRUE(connection);
    const auto facts = readFacts(*connection, base::deadlineIn(10s), {});
    ASSERT_TRUE(facts.ok()) << facts.failure().text();
    EXPECT_EQ(facts->model, "Simulated SimPhone 8");
    EXPECT_EQ(facts->soc, "SimSilicon SM-1");
    EXPECT_EQ(facts->abi, "arm64-v8a");
    EXPECT_EQ(facts->system, "Android 14");
    EXPECT_EQ(facts->kernel, "5.15.123-android14-11-sim");
    EXPECT_EQ(facts->cores, 8);
    EXPECT_EQ(shown(facts->clusters), "little: 0 1 2 3; middle: 4 5 6; big: 7; ");
    EXPECT_EQ(facts->clusters[2].maxFrequency, 2'910'000'000);
    EXPECT_EQ(facts->clusters[2].capacity, 1024);
    EXPECT_EQ(facts->clusters[2].governor, "schedutil");
    EXPECT_EQ(facts->memoryBytes, uint64_t{7812345} * 1024);
    EXPECT_EQ(facts->thermalZones.size(), 6u);
    EXPECT_EQ(facts->thermalZones[2].celsius, 48);
    EXPECT_EQ(facts->battery->percent, 15);
    EXPECT_EQ(facts->battery->status, "Discharging");
    EXPECT_EQ(facts->battery->celsius, 41);
    EXPECT_GT(facts->freeDiskBytes.value_or(0), 50'000'000u);  // of its disk of 64 MiB
    EXPECT_LT(facts->freeDiskBytes.value_or(0), 68'000'000u);
    EXPECT_TRUE(facts->emulated);
}

}  // namespace
}  // namespace lathe::remote
