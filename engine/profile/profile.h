// What a run cost: a value. Raw samples are kept; statistics are computed from them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/ir/ids.h"

namespace lathe::profile {

struct Statistics {
    double median = 0, mean = 0, minimum = 0, maximum = 0, p90 = 0, p99 = 0;
    double medianAbsoluteDeviation = 0;
    int64_t count = 0;
};
// Of any numbers; all zero when there are none. Percentiles interpolate linearly between order statistics
// (type 7).
Statistics statistics(std::span<const double> samples);

// What a measurement depends on and must be shown with.
struct Conditions {
    std::string device;     // "CPU, 2 threads, avx512"
    std::string processor;  // model name
    std::string latheVersion;
    std::string modelHash;  // SHA-256 of the source file, when known
    int threads = 0;
    std::string inputShapes;  // "input float32 [1, 3, 32, 32]"
    std::string startedAt;    // ISO 8601, UTC
    int warmupRuns = 0;
    double loadAverage = 0;  // before the start
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

struct Profile {
    Conditions conditions;
    double loadSeconds = 0;          // open and plan
    double firstRunSeconds = 0;      // cold
    std::vector<double> seconds;     // wall time of each run without node clocks
    Statistics time;                 // of seconds
    std::vector<NodeProfile> nodes;  // in order of execution
    std::vector<TimelineEntry> timeline;
    uint64_t arenaBytes = 0, weightBytes = 0, packedBytes = 0, peakResidentBytes = 0;
    uint64_t lowerBoundBytes = 0;    // of the arena: the largest set of values alive at once
    double overhead = 0;             // share of time that node clocks added: 0.01 is 1 %
    std::vector<std::string> flags;  // "noisy", "few samples", ...
};

}  // namespace lathe::profile
