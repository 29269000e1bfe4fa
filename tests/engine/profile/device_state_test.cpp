// Reading a made-up phone, watching it, and waiting for it to cool.
#include <gtest/gtest.h>

#include <thread>

#include "engine/profile/cool_down.h"
#include "engine/profile/device_state_reader.h"
#include "engine/profile/sampler.h"
#include "tests/support/kernel_tree.h"

namespace lathe::profile {
namespace {

TEST(DeviceState, OfAPhone) {
    const test::KernelTree tree;
    tree.makePhone();
    tree.write("sys/devices/system/cpu/cpu7/cpufreq/scaling_max_freq", "2100000\n");
    const auto state = readDeviceState(tree.root());
    ASSERT_EQ(state.clusters.size(), 3u);
    EXPECT_EQ(state.clusters[2].role, "big");
    EXPECT_EQ(state.clusters[2].hertzAllowed, 2.1e9);
    EXPECT_EQ(state.clusters[0].hertz, 1.7e9);
    EXPECT_EQ(state.clusters[0].governor, "schedutil");
    ASSERT_EQ(state.zones.size(), 2u) << "a sensor that is switched off is none";
    EXPECT_EQ(hottest(state), 33);
    ASSERT_TRUE(state.battery);
    EXPECT_EQ(state.battery->percent, 80);
    EXPECT_EQ(state.battery->celsius, 27.5);
    EXPECT_DOUBLE_EQ(*state.battery->watts, 2);
    EXPECT_EQ(state.onlineCores, 8);
    EXPECT_FALSE(state.thermalStatus) << "only Android's programs tell";
}

TEST(DeviceState, WithoutFilesIsAbsentAndNotZero) {
    const test::KernelTree tree;
    EXPECT_EQ(readDeviceState(tree.root()), DeviceState{});
    EXPECT_FALSE(readTemperature(tree.root()));
    EXPECT_FALSE(readProcessorTime(tree.root()));
    tree.makePhone();
    tree.write("sys/class/power_supply/battery/status", "Charging\n");
    EXPECT_FALSE(readDeviceState(tree.root()).battery->watts) << "what flows in is not what is used";
    tree.write("sys/class/power_supply/battery/status", "Discharging\n");
    tree.write("sys/class/power_supply/battery/current_now", "300\n");
    EXPECT_FALSE(readDeviceState(tree.root()).battery->watts) << "milliamperes are no microamperes";
    tree.remove("sys/class/power_supply/battery/current_now");
    EXPECT_FALSE(readDeviceState(tree.root()).battery->watts);
    tree.write("sys/devices/system/cpu/cpu7/cpufreq/scaling_cur_freq", "many\n");
    EXPECT_FALSE(readDeviceState(tree.root()).clusters[2].hertz);
}

TEST(DeviceState, OfAndroidsPrograms) {
    const test::KernelTree tree;
    tree.makePhone();
    tree.writeProgram("system/bin/dumpsys",
                      "[ $1 = battery ] && printf '  level: 7\\n  status: 3\\n  temperature: 301\\n'\n"
                      "[ $1 = thermalservice ] && printf 'IsStatusOverride: false\\nThermal Status: 2\\n'\n"
                      "exit 0\n");
    tree.writeProgram("system/bin/settings", "[ \"$*\" = 'get global low_power' ] && echo 1\n");
    tree.writeProgram("system/bin/getprop", "[ $1 = ro.kernel.qemu ] && echo 1\n");
    auto state = readWholeDeviceState(tree.root(), {});
    EXPECT_EQ(state.thermalStatus, 2);
    EXPECT_EQ(state.batterySaver, true);
    EXPECT_EQ(state.battery->percent, 80) << "the kernel's word comes first";
    EXPECT_TRUE(isEmulated(tree.root(), {}));
    tree.remove("sys/class/power_supply");
    tree.writeProgram("system/bin/settings", "echo null\n");
    tree.remove("system/bin/getprop");
    state = readWholeDeviceState(tree.root(), {});
    EXPECT_FALSE(state.batterySaver);
    EXPECT_EQ(state.battery->percent, 7);
    EXPECT_EQ(state.battery->status, "Discharging");
    EXPECT_DOUBLE_EQ(*state.battery->celsius, 30.1);
    EXPECT_FALSE(isEmulated(tree.root(), {}));
}

TEST(DeviceState, ProcessorTimeIsOfEverybodyAndOfOneself) {
    const test::KernelTree tree;
    const auto tick = static_cast<double>(100);
    tree.write("proc/stat", "cpu  100 20 30 5000 600 7 8 9 0 0\ncpu0 1 2 3 4\n");
    tree.write("proc/self/stat", "42 (a (b) c) S 1 1 1 0 -1 0 0 0 0 0 50 25 0 0 20 0 1 0 100 0 0\n");
    const auto time = readProcessorTime(tree.root());
    ASSERT_TRUE(time);
    EXPECT_DOUBLE_EQ(time->everybody, (100 + 20 + 30 + 7 + 8 + 9) / tick);
    EXPECT_DOUBLE_EQ(time->own, (50 + 25) / tick);
}

TEST(Sampler, KeepsWhatChanges) {
    const test::KernelTree tree;
    tree.makePhone();
    Sampler sampler(tree.root(), std::chrono::steady_clock::now(), {});
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    tree.setTemperature(51);
    tree.remove("sys/class/thermal/thermal_zone1");
    const auto series = sampler.stop();
    ASSERT_GE(series.seconds.size(), 1u);
    bool warm = false, level = false;
    for (const auto& track : series.tracks) {
        ASSERT_EQ(track.values.size(), series.seconds.size());
        warm = warm || (track.quantity == Quantity::temperature && track.of == "cpu-big" &&
                        track.values.back() == 51);
        level = level || (track.quantity == Quantity::batteryLevel && track.values.back() == 80);
        if (track.of == "skin") {
            EXPECT_EQ(track.values.back(), std::nullopt);
        }
    }
    EXPECT_TRUE(warm);
    EXPECT_TRUE(level);
}

TEST(Sampler, MeanPowerNeedsSomeReadings) {
    Series series{{0, 1, 2, 3, 4}, {{Quantity::power, {}, {9.0, 1.0, 2.0, 3.0, 2.0}}}};
    EXPECT_EQ(meanWatts(series, 1, 4), 2);
    EXPECT_FALSE(meanWatts(series, 2, 4));
    series.tracks[0].values[2] = std::nullopt;
    EXPECT_FALSE(meanWatts(series, 1, 4));
}

TEST(CoolDown, EndsWhenTheDeviceIsCool) {
    const test::KernelTree tree;
    tree.makePhone();
    tree.setTemperature(45);
    const base::Progress progress;
    std::thread cooling([&] {
        while (progress.snapshot().stage.empty()) std::this_thread::yield();
        EXPECT_EQ(progress.snapshot().stage, "Cooling down: 45.0 °C, waiting for 35.0 °C");
        tree.setTemperature(34.9);
    });
    const auto cooled = waitUntilCool(tree.root(), 33, 1000, progress);
    cooling.join();
    ASSERT_TRUE(cooled && *cooled);
    EXPECT_TRUE((*cooled)->cool);
    EXPECT_GT((*cooled)->seconds, 0);
}

TEST(CoolDown, GivesUpAndCanBeCancelled) {
    const test::KernelTree tree;
    EXPECT_FALSE(*waitUntilCool(tree.root(), 33, 1000, {})) << "nothing to wait for without a sensor";
    tree.makePhone();
    tree.setTemperature(45);
    const auto cooled = waitUntilCool(tree.root(), 33, 0.1, {});
    ASSERT_TRUE(cooled && *cooled);
    EXPECT_FALSE((*cooled)->cool);
    base::Progress progress;
    progress.cancel();
    EXPECT_EQ(waitUntilCool(tree.root(), 33, 1000, progress).error().kind, base::Error::Kind::cancelled);
}

}  // namespace
}  // namespace lathe::profile
