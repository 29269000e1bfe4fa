// Measures what running a graph costs on this computer.
#pragma once

#include <filesystem>
#include <functional>
#include <span>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/ir/graph.h"
#include "engine/profile/cool_down.h"
#include "engine/profile/profile.h"
#include "engine/runtime/session.h"

namespace lathe::profile {

struct MeasureOptions {
    runtime::SessionOptions session = {};  // its `cores` come from `cores` below
    Mode mode = Mode::burst;
    // Samples. Burst: as many runs with node clocks between them when `nodes` is on. Sustained: not counted.
    int runs = 100;
    int warmup = 10;  // not when cold
    // Burst and cold stop earlier when this much time has passed, but not before 5 samples; sustained runs so
    // long.
    double seconds = 10;
    bool nodes = true;         // not when cold
    std::string cores = {};    // what base::chooseCores understands: runs stay on them, loading takes all
    CoolDown coolDown = {};    // before measuring
    bool keepPartial = false;  // a cancelled or failed measurement with samples is a partial profile
    bool emulated = false;     // the caller knows that the device is; what it says itself counts as well
    // Below: for the caller in this process only.
    std::filesystem::path root = "/";  // of the kernel's files
    // Called after each sample with its start since the start of the measurement, and its time; must be
    // quick.
    std::function<void(double start, double seconds)> onSample = {};
};

// Burst and sustained: plans (timed), runs once (timed), cools down, warms up, then measures; runs with node
// clocks lie between the others, in sustained mode one in ten.
//
// Cold: each sample opens a session and runs it once, in this process. Cold are the plan, the packed weights,
// the memory of the values and most of the processor's caches; warm are the system's cache of the model's
// file, the program's code, its threads and the clock of the processor: a new process takes longer.
base::Result<Profile> measure(const ir::GraphPtr& graph, std::span<const tensor::RuntimeValue> inputs,
                              const MeasureOptions& options, const base::Progress& progress);

// Chrome / Perfetto trace-event JSON of the median run.
std::string traceJson(const Profile& profile, const ir::Graph& graph);

}  // namespace lathe::profile
