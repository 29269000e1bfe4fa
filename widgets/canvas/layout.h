// Where everything lies: a layered drawing from top to bottom, linear in nodes and edges but for sorting.
//
// Method (Sugiyama et al. 1981 with the shortcuts that model graphs allow): cycle breaking on the order of
// execution, longest-path ranks pulled together, median ordering sweeps, x by weighted isotonic regression a
// layer. Edges over a few ranks take part as dummies; longer ones, and those of a value that is read in
// several places further down, run in side lanes, one lane a source, so no chain of dummies grows with their
// length. Open groups are laid out on their own, then as boxes.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "widgets/canvas/display_graph.h"

namespace lathe::canvas {

struct Point {
    double x = 0, y = 0;
};

struct Box {
    double x = 0, y = 0, width = 0, height = 0;
    double right() const { return x + width; }
    double bottom() const { return y + height; }
    double centerX() const { return x + width / 2; }
    double centerY() const { return y + height / 2; }
};

struct Layout {
    struct Frame {
        int32_t group = -1;
        int32_t depth = 0;
        Box box;
    };
    // One wire, or a piece of one where it crosses the border of a frame.
    struct Wire {
        uint32_t edge = 0;              // in DisplayGraph::edges
        uint32_t first = 0, count = 0;  // in points
        bool arrow = true;              // ends at its target
    };
    std::vector<Box> items;     // as DisplayGraph::items
    std::vector<Frame> frames;  // outer before inner
    std::vector<Wire> wires;
    std::vector<Point> points;
    double width = 0, height = 0;
};

// Sizes of things, in pixels at scale 1.
inline constexpr double kNodeHeight = 52;
inline constexpr double kGroupHeight = 52;
inline constexpr double kPillHeight = 24;
inline constexpr double kFrameHeader = 28;

// Pure; call it off the GUI thread. Fails only when cancelled.
base::Result<Layout> layOut(const DisplayGraph& graph, const base::Progress& progress = {});

}  // namespace lathe::canvas
