#include "engine/remote/facts_lines.h"

#include <gtest/gtest.h>

namespace lathe::remote {
namespace {

std::string shown(const DeviceFacts& facts) {
    std::string text;
    for (const auto& line : factsLines(facts)) text += line.name + ": " + line.value + "\n";
    return text;
}

TEST(FactsLines, haveUnits) {
    DeviceFacts facts;
    facts.model = "Pixel 8";
    facts.cores = 6;
    Cluster little, big;
    little.cores = {0, 1, 2, 3};
    little.maxFrequency = 1'704'000'000;
    little.role = "little";
    big.cores = {4, 6};
    big.governor = "schedutil";
    big.role = "big";
    facts.clusters = {little, big};
    facts.memoryBytes = 8'000'000'000;
    facts.availableMemoryBytes = 3'100'000'000;
    facts.pageSize = 16384;
    facts.thermalZones = {{"soc", 41.25}};
    facts.battery.emplace();
    facts.battery->percent = 80;
    facts.battery->status = "Charging";
    facts.emulated = true;
    EXPECT_EQ(shown(facts),
              "Model: Pixel 8\n"
              "Cores: 6\n"
              "Cluster 1: 0-3 (little), up to 1.70 GHz\n"
              "Cluster 2: 4, 6 (big), governor schedutil\n"
              "Memory: 8.00 GB, 3.10 GB available\n"
              "Page size: 16 KiB\n"
              "Temperature: soc 41.2 °C\n"
              "Battery: 80 %, Charging\n"
              "Emulated: yes: its times mean nothing\n");
}

TEST(FactsLines, areFewForADeviceThatTellsNothing) { EXPECT_EQ(shown({}), ""); }

}  // namespace
}  // namespace lathe::remote
