// All that the canvas draws, as one finished value: what is shown, where it lies, and an index of it. Made
// off the GUI thread, shared, never changed.
#pragma once

#include <memory>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "widgets/canvas/display_graph.h"
#include "widgets/canvas/layout.h"
#include "widgets/canvas/spatial_index.h"

namespace lathe::canvas {

struct Scene {
    DisplayGraph display;
    Layout layout;
    SpatialIndex items;                                       // of layout.items
    SpatialIndex segments;                                    // of the straight pieces of wires
    std::vector<std::pair<uint32_t, uint32_t>> segmentWires;  // by segment: wire, first point
    std::vector<uint32_t> firstIn, edgesIn;                   // by item: edges that enter
    std::vector<uint32_t> firstOut, edgesOut;                 // by item: edges that leave

    // The item that shows a node: itself or the closed group around it; -1: none.
    int32_t itemOf(ir::NodeId node) const {
        return node.index < display.itemOfNode.size() ? display.itemOfNode[node.index] : -1;
    }
};
using ScenePtr = std::shared_ptr<const Scene>;

// The whole way from a hierarchy to a scene; fails only when cancelled.
base::Result<ScenePtr> makeScene(const HierarchyPtr& hierarchy, const Expansion& expansion,
                                 const base::Progress& progress = {});

}  // namespace lathe::canvas
