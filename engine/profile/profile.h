// What a run cost: a value. Raw samples are kept; statistics and flags are computed from them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/ir/ids.h"
#include "engine/profile/device_state.h"

namespace lathe::profile {

struct Statistics {
    double median = 0, mean = 0, minimum = 0, maximum = 0, p90 = 0, p99 = 0;
    double medianAbsoluteDeviation = 0;
    double variation = 0;  // coefficient of variation: standard deviation over mean
    int64_t count = 0;

    // A percentile that hardly any sample lies beyond says nothing: whether to show it.
    bool hasP90() const { return count >= 100; }
    bool hasP99() const { return count >= 1000; }
};
// Of any numbers; all zero when there are none. Percentiles interpolate linearly between order statistics
// (type 7).
Statistics statistics(std::span<const double> samples);

enum class Mode {
    burst,     // runs one after the other on a device that is cool
    cold,      // every sample loads the model anew and runs it once
    sustained  // runs back to back for minutes, as heat and other limits allow
};

// What must be said about a measurement. Sentences: flags.h.
enum class Flag {
    throttled,
    drift,
    migrated,
    notPinned,
    bimodal,
    noisy,
    fewSamples,
    warmStart,
    lowBattery,
    charging,
    batterySaver,
    emulated,
    partial,
    busy,
    nodeClocksCostly
};

// What a measurement depends on and must be shown with.
struct Conditions {
    std::string deviceName;     // of another device than this computer: "phone 4A111FDAQ000D5"
    std::string deviceAddress;  // how it is reached, whatever it is called: "adb:4A111FDAQ000D5"
    std::string device;         // "CPU, 2 threads, avx512"
    std::string processor;      // model name
    std::string latheVersion;
    std::string modelHash;  // SHA-256 of the source file and its data files, when known
    int threads = 0;
    std::optional<int> threadsWanted;  // as it was asked for; 0: one a core; absent: not noted
    std::string inputShapes;           // "input float32 [1, 3, 32, 32]"
    std::string startedAt;             // ISO 8601, UTC
    int warmupRuns = 0;
    double loadAverage = 0;  // before the start
    Mode mode = Mode::burst;
    std::string coresWanted;      // as it was asked for: "big", "0,1"; empty: none in particular
    std::vector<int> coresAsked;  // what that means on this device; empty: none in particular
    bool pinned = false;          // whether the system agreed to them
    bool emulated = false;
    std::optional<double> coolDownSeconds;  // waited for the device to cool; absent: not asked, or no sensor
    std::optional<bool> cooledDown;         // whether it did in that time
};

struct NodeProfile {
    ir::NodeId node;
    std::vector<double> seconds;  // one a run
    Statistics time;              // of seconds
    double macs = 0;
    double bytes = 0;  // read and written
    std::string kernel;
};

// One bar of the timeline of the median run.
struct TimelineEntry {
    ir::NodeId node;
    double start = 0;     // seconds since the start of the run
    double duration = 0;  // seconds
};

// The cores on which the thread that called a run was when it started and when it ended; -1 not known.
struct SampleCores {
    int start = -1, end = -1;
    bool operator==(const SampleCores&) const = default;
};

enum class Quantity {
    frequency,       // hertz, of a cluster
    frequencyLimit,  // hertz, of a cluster: the most that the kernel allows
    temperature,     // degrees Celsius, of a thermal zone or of the battery
    batteryLevel,    // percent
    power,           // watts that the whole device takes from its battery
    onlineCores,
    otherLoad  // cores that other processes keep busy
};

// One quantity over the time of a measurement.
struct Track {
    Quantity quantity = Quantity::temperature;
    std::string of;                             // the cluster's role, the zone's name
    std::vector<std::optional<double>> values;  // one a reading; absent where the device did not tell
};

struct Series {
    std::vector<double> seconds;  // of each reading, since the start of the measurement
    std::vector<Track> tracks;
};

struct Profile {
    Conditions conditions;
    double loadSeconds = 0;       // open and plan; mode cold: the median
    double firstRunSeconds = 0;   // the run after that; mode cold: the median
    std::vector<double> seconds;  // wall time of each run without node clocks; mode cold: load and first run
    std::vector<double> starts;   // of each of them, seconds since the start of the measurement
    std::vector<SampleCores> cores;  // of each of them
    std::vector<double> loads;       // mode cold only: the part of each sample that was loading
    Statistics time;                 // of seconds
    std::vector<NodeProfile> nodes;  // in order of execution
    std::vector<TimelineEntry> timeline;
    uint64_t arenaBytes = 0, weightBytes = 0, packedBytes = 0;
    uint64_t lowerBoundBytes = 0;              // of the arena: the largest set of values alive at once
    uint64_t peakResidentBytes = 0;            // the most that the process held during the measurement
    uint64_t startResidentBytes = 0;           // what it held before
    double overhead = 0;                       // share of time that node clocks added: 0.01 is 1 %
    std::optional<double> joulesPerInference;  // of the whole device, coarse; absent where it does not tell
    DeviceState before, after;
    Series series;            // between these
    std::vector<Flag> flags;  // each once, in the order of the enumeration

    bool has(Flag flag) const;
};

// The cores that samples started or ended on, ascending.
std::vector<int> coresGot(const Profile& profile);

}  // namespace lathe::profile
