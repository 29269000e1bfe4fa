// Everything a profile holds comes back, files of earlier versions open, and what is not sound is refused.
#include "engine/profile/json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "engine/profile/options_json.h"

namespace lathe::profile {
namespace {

using Json = nlohmann::json;

Profile full() {
    Profile p;
    p.conditions.device = "CPU, 2 threads, neon";
    p.conditions.processor = "Cortex-X4";
    p.conditions.latheVersion = "1.2.3";
    p.conditions.threads = 2;
    p.conditions.inputShapes = "x float32 [1, 3]";
    p.conditions.mode = Mode::cold;
    p.conditions.coresWanted = "big";
    p.conditions.coresAsked = {6, 7};
    p.conditions.pinned = true;
    p.conditions.emulated = true;
    p.conditions.coolDownSeconds = 12.5;
    p.conditions.cooledDown = false;
    p.seconds = {3e-3, 4e-3};
    p.starts = {1, 2};
    p.loads = {1e-3, 2e-3};
    p.cores = {{7, 7}, {6, -1}};
    p.nodes = {{ir::NodeId{4}, {1e-3}, {}, 100, 200, "conv"}};
    p.timeline = {{ir::NodeId{4}, 0, 1e-3}};
    p.arenaBytes = 1;
    p.peakResidentBytes = 3;
    p.startResidentBytes = 2;
    p.joulesPerInference = 0.25;
    p.before.clusters = {{"big", {6, 7}, 2e9, {}, "schedutil"}};
    p.before.zones = {{"cpu", 33.5}};
    p.before.battery = BatteryState{80, "Discharging", 27.5, 2.5};
    p.before.onlineCores = 8;
    p.after.thermalStatus = 1;
    p.after.batterySaver = false;
    p.series = {{0, 0.25}, {{Quantity::frequency, "big", {2e9, {}}}}};
    p.flags = {Flag::throttled, Flag::emulated};
    return p;
}

TEST(ProfileJson, KeepsEverything) {
    const auto json = toJson(full());
    const auto read = fromJson(Json::parse(json.dump()));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(toJson(*read), json);
    EXPECT_EQ(read->conditions.mode, Mode::cold);
    EXPECT_EQ(read->before, full().before);
    EXPECT_EQ(read->after, full().after);
    EXPECT_EQ(read->cores, full().cores);
    EXPECT_EQ(read->flags, full().flags);
    EXPECT_EQ(read->time.median, 3.5e-3);
    EXPECT_EQ(read->series.tracks[0].values[1], std::nullopt);
    EXPECT_EQ(coresGot(*read), (std::vector<int>{6, 7}));
    // What is absent stays absent.
    const auto empty = fromJson(toJson(Profile{}));
    ASSERT_TRUE(empty);
    EXPECT_FALSE(empty->joulesPerInference);
    EXPECT_FALSE(empty->before.battery);
    EXPECT_FALSE(empty->conditions.cooledDown);
}

TEST(ProfileJson, OpensWhatEarlierVersionsWrote) {
    const auto json = Json::parse(R"json({"conditions": {"device": "CPU, 1 thread, avx2", "processor": "x",
        "latheVersion": "0.1.0", "modelHash": "", "threads": 1, "inputShapes": "", "startedAt": "", "warmupRuns": 10,
        "loadAverage": 0.5}, "loadSeconds": 1, "firstRunSeconds": 2, "seconds": [0.1, 0.2], "nodes": [], "timeline": [],
        "arenaBytes": 1, "weightBytes": 2, "packedBytes": 3, "peakResidentBytes": 4, "overhead": null,
        "flags": ["few samples (2)", "noisy", "node clocks add 3.1 %", "computer busy with other work"]})json");
    const auto read = fromJson(json);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->flags,
              (std::vector<Flag>{Flag::fewSamples, Flag::noisy, Flag::nodeClocksCostly, Flag::busy}));
    EXPECT_EQ(read->conditions.mode, Mode::burst);
    EXPECT_TRUE(read->starts.empty());
}

TEST(ProfileJson, RefusesWhatIsNotSound) {
    const auto broken = [](const char* pointer, Json value) {
        auto json = toJson(full());
        json[Json::json_pointer(pointer)] = std::move(value);
        return !fromJson(json).ok();
    };
    EXPECT_FALSE(broken("/flags/0", "haunted")) << "flags of later versions are left out";
    EXPECT_TRUE(broken("/seconds/0", -1));
    EXPECT_TRUE(broken("/seconds/0", 1e300));
    EXPECT_TRUE(broken("/seconds", "many"));
    EXPECT_TRUE(broken("/starts", Json::array({1})));
    EXPECT_TRUE(broken("/cores", Json::array({Json::array({1})})));
    EXPECT_TRUE(broken("/loads", Json::array({1, 2, 3})));
    EXPECT_TRUE(broken("/series/tracks/0/values", Json::array({1})));
    EXPECT_TRUE(broken("/nodes/0/seconds", Json::array({-1})));
    EXPECT_TRUE(broken("/before/zones/0", 7));
    EXPECT_TRUE(broken("/conditions", Json()));
    EXPECT_TRUE(broken("/conditions/threads", 1e300));
    EXPECT_TRUE(broken("/conditions/threads", 2.5));
    EXPECT_TRUE(broken("/conditions/coresAsked", Json::array({uint64_t{1} << 63})));
    EXPECT_TRUE(broken("/before/battery/percent", 101));
    EXPECT_EQ(fromJson(Json::object()).error().kind, base::Error::Kind::badInput);
}

TEST(MeasureOptionsJson, KeepsWhatTravels) {
    MeasureOptions options;
    options.mode = Mode::sustained;
    options.runs = 7;
    options.warmup = 3;
    options.seconds = 60;
    options.nodes = false;
    options.cores = "big";
    options.coolDown = {30, 31.5};
    options.keepPartial = true;
    options.emulated = true;
    const auto json = toJson(options);
    const auto read = measureOptionsFromJson(json);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(toJson(*read), json);
    EXPECT_EQ(read->mode, Mode::sustained);
    EXPECT_EQ(read->coolDown.restCelsius, 31.5);
    EXPECT_EQ(toJson(*measureOptionsFromJson(Json::object())), toJson(MeasureOptions{}));
    EXPECT_EQ(measureOptionsFromJson({{"mode", "lazy"}}).error().message,
              "There is no mode lazy. There are burst, cold, sustained.");
    EXPECT_FALSE(measureOptionsFromJson({{"seconds", -1}}));
    EXPECT_FALSE(measureOptionsFromJson({{"runs", "many"}}));
    EXPECT_FALSE(measureOptionsFromJson({{"runs", 0}}));
    EXPECT_FALSE(measureOptionsFromJson(Json::array()));
}

}  // namespace
}  // namespace lathe::profile
