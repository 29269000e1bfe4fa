// What this computer can do at most, measured: the roof that kernels are held against.
#pragma once

#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"

namespace lathe::profile {

struct Machine {
    int threads = 1;
    double flops = 0;  // float32 multiply-adds on registers, two operations each, a second
    double bytesPerSecond =
        0;  // triad a = b + s * c over arrays far larger than the caches, three arrays counted
};

// Takes about a third of a second: the best of several short rounds, since other work only makes it slower.
// J. McCalpin: STREAM, Sustainable Memory Bandwidth in High Performance Computers, for the triad.
// On `cores` when some are given, where the system lets us.
base::Result<Machine> measureMachine(int threads, const base::Progress& progress,
                                     const std::vector<int>& cores = {});

}  // namespace lathe::profile
