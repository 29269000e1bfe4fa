#include "engine/profile/differences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lathe::profile {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Profile some() {
    Profile p;
    p.conditions.device = "CPU, 2 threads, neon";
    p.conditions.processor = "Cortex-X4";
    p.conditions.latheVersion = "1.0";
    p.conditions.threads = 2;
    p.conditions.inputShapes = "x float32 [1]";
    p.conditions.coresAsked = {6, 7};
    p.cores = {{6, 7}};
    p.before.clusters = {{"little", {0, 1}, {}, {}, "powersave"}, {"big", {6, 7}, {}, {}, "schedutil"}};
    p.before.zones = {{"cpu", 33}};
    p.before.battery = BatteryState{80, "Discharging", {}, {}};
    p.before.batterySaver = false;
    return p;
}

std::vector<std::string> sentences(const Profile& a, const Profile& b) {
    std::vector<std::string> list;
    for (const auto& difference : differences(a, b)) list.push_back(sentence(difference));
    return list;
}

TEST(Differences, AreNoneBetweenMeasurementsMadeAlike) {
    auto other = some();
    other.cores = {{7, 7}};  // which of the two it was is chance
    other.before.zones[0].celsius = 37;
    EXPECT_THAT(sentences(some(), other), IsEmpty());
}

TEST(Differences, NameBothValues) {
    auto other = some();
    other.conditions.processor = "Cortex-A55";
    other.conditions.device = "CPU, 4 threads, neon";
    other.conditions.threads = 4;
    other.conditions.coresAsked = {0, 1};
    other.cores = {{0, 1}};
    other.conditions.mode = Mode::sustained;
    other.conditions.inputShapes = "x float32 [2]";
    other.conditions.latheVersion = "1.1";
    other.conditions.emulated = true;
    other.before.zones[0].celsius = 41.4;
    other.before.battery->status = "Charging";
    other.before.batterySaver = true;
    other.flags = {Flag::throttled};
    EXPECT_THAT(sentences(some(), other),
                ElementsAre("Processor: Cortex-X4 and Cortex-A55.",
                            "Device: CPU, 2 threads, neon and CPU, 4 threads, neon.", "Threads: 2 and 4.",
                            "Cores: 6-7 and 0-1.", "Mode: burst and sustained.",
                            "Inputs: x float32 [1] and x float32 [2].", "Lathe: 1.0 and 1.1.",
                            "Governor: schedutil and powersave.", "Battery saver: no and yes.",
                            "Charging: no and yes.", "Temperature at the start: 33 °C and 41 °C.",
                            "Emulated: no and yes.", "Throttled: no and yes."));
}

TEST(Differences, AreNoneInWhatOneDoesNotKnow) {
    auto other = some();
    other.before = {};
    other.conditions.latheVersion = {};
    EXPECT_THAT(sentences(some(), other), IsEmpty());
    other.conditions.coresAsked = {};
    EXPECT_THAT(sentences(some(), other), ElementsAre("Cores: 6-7 and any."));
}

TEST(Differences, AmongSeveralNameEachValueOnceButNoInputsOfOtherModels) {
    auto second = some(), third = some(), fourth = some();
    second.conditions.threads = 4;
    second.conditions.inputShapes = "x float32 [2]";
    third.conditions.threads = 1;
    fourth.conditions.threads = 4;
    const auto first = some();
    const std::vector<const Profile*> all = {&first, &second, &third, &fourth};
    const auto unlike = unlikeAmong(all);
    ASSERT_EQ(unlike.size(), 1u);
    EXPECT_EQ(unlike[0].what, "Threads");
    EXPECT_THAT(unlike[0].values, ElementsAre("2", "4", "1"));
    EXPECT_TRUE(unlikeAmong({}).empty());
}

TEST(Differences, AmongVariantsOfOneModelNameTheInputs) {
    auto other = some(), large = some(), small = some();
    other.conditions.inputShapes = "y float32 [9]";
    for (auto* variant : {&large, &small}) variant->conditions.modelHash = "c0ffee";
    small.conditions.inputShapes = "x float32 [2]";
    const std::vector<const Profile*> all = {&other, &large, &small};
    const auto unlike = unlikeAmong(all);
    ASSERT_EQ(unlike.size(), 1u);
    EXPECT_EQ(unlike[0].what, "Inputs");
    EXPECT_THAT(unlike[0].values, ElementsAre("x float32 [1]", "x float32 [2]"));
}

}  // namespace
}  // namespace lathe::profile
