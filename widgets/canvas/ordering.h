// The cells of a level (nodes, and dummies where an edge passes a rank) and their order within each rank.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/progress.h"
#include "widgets/canvas/ranking.h"

namespace lathe::canvas {

inline constexpr uint32_t kNone = UINT32_MAX;
// In ranks: longer edges, and those that run upwards, take lanes.
inline constexpr int32_t kLongestDummyChain = 5;

// One step of an edge from a rank to the next.
struct Segment {
    uint32_t upper = 0, lower = 0;  // cells
    uint32_t edge = 0;
    double upperOffset = 0, lowerOffset = 0;  // of the attachment from the cell's centre
    double weight = 1;                        // how much it wants to be straight
};

struct Cells {
    uint32_t nodeCount = 0;  // cells below this are nodes, the rest dummies
    std::vector<double> width;
    std::vector<int32_t> rank;
    std::vector<Segment> segments;
    std::vector<uint32_t> firstSegment;     // by edge, one more at the end; none for a lane
    std::vector<bool> lane;                 // by edge
    std::vector<uint32_t> firstUp, up;      // by cell: segments that come from above
    std::vector<uint32_t> firstDown, down;  // by cell: segments that go below
    std::vector<std::vector<uint32_t>> rows;
};

// Incomplete when cancelled.
Cells makeCells(const Level& level, const Ranking& ranking, const base::Progress& progress);
// Median sweeps; keeps the best order seen where counting crossings is cheap.
void orderCells(Cells& cells, const base::Progress& progress);

}  // namespace lathe::canvas
