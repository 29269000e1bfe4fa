// Which layer each node of a level lies on.
#pragma once

#include <cstdint>
#include <vector>

#include "widgets/canvas/layered.h"

namespace lathe::canvas {

struct Ranking {
    std::vector<int32_t> rank;   // by node, from 0
    std::vector<bool> reversed;  // by edge: it closes a cycle and runs upwards
    int32_t count = 0;
};

// Longest path from the sources; sources are pulled down to what reads them. Linear.
Ranking rankLevel(const Level& level);

}  // namespace lathe::canvas
