// The layered drawing of one flat level: boxes and edges in, places and polylines out. Knows no models.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/progress.h"
#include "widgets/canvas/layout.h"

namespace lathe::canvas {

struct LevelNode {
    double width = 0, height = 0;
    bool port = false;  // a point on the border of a frame: sources lie on top, sinks at the bottom
    bool bottomPort = false;
};

struct LevelEdge {
    uint32_t source = 0, target = 0;
    double sourceX = -1, targetX = -1;  // fixed attachment inside the box, from its left; below 0: free
};

struct Level {
    std::vector<LevelNode> nodes;  // in an order that is topological but for cycles
    std::vector<LevelEdge> edges;
};

struct LevelLayout {
    std::vector<Box> boxes;            // as nodes
    std::vector<uint32_t> firstPoint;  // as edges, one more at the end
    std::vector<Point> points;
    double width = 0, height = 0;
};

// An empty layout when cancelled.
LevelLayout layOutLevel(const Level& level, const base::Progress& progress);

}  // namespace lathe::canvas
