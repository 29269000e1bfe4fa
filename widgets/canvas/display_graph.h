// What the canvas shows of a graph: nodes, closed groups, pills for inputs and outputs, frames of open
// groups, and the edges between them. Constants are folded into the node that reads them. A value; built off
// the GUI thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/ir/graph.h"
#include "engine/ops/op.h"
#include "widgets/canvas/hierarchy.h"

namespace lathe::canvas {

struct DisplayItem {
    enum class Kind : uint8_t { node, group, input, output };
    Kind kind = Kind::node;
    ops::Family family = ops::Family::control;
    tensor::DataType dataType = tensor::DataType::undefined;  // of the first output
    ir::NodeId node;                                          // of a node
    ir::ValueId value;                                        // of a pill
    int32_t group = -1;                                       // of a group, in Hierarchy::groups
    int32_t frame = -1;                                       // the open group around it, -1: none
    std::string chips;                                        // "3×3 s2  64 → 128"
};

struct DisplayEdge {
    uint32_t source = 0, target = 0;  // items
    ir::ValueId value;
};

struct DisplayGraph {
    HierarchyPtr hierarchy;
    Expansion expansion;
    std::vector<DisplayItem> items;   // in order of execution
    std::vector<DisplayEdge> edges;   // one a pair of items and value
    std::vector<int32_t> itemOfNode;  // by node index: the item that shows it, -1: none

    const ir::Graph& graph() const { return *hierarchy->graph; }
};

// Incomplete when cancelled.
DisplayGraph makeDisplayGraph(HierarchyPtr hierarchy, Expansion expansion,
                              const base::Progress& progress = {});

// Bold first line and grey second line of an item.
std::string titleOf(const DisplayGraph& graph, const DisplayItem& item);
std::string subtitleOf(const DisplayGraph& graph, const DisplayItem& item);
// What matters of a node at a glance: "3×3 s2  64 → 128", "axis 1", "int8".
std::string chipsOf(const ir::Graph& graph, ir::NodeId node);
// "1×64×56×56", with the data type before it where it is not float32; empty where nothing is known.
std::string shapeOf(const ir::ValueType& type);
ops::Family familyOf(const ir::Graph& graph, ir::NodeId node);
// The nodes an item stands for.
std::vector<ir::NodeId> nodesOf(const DisplayGraph& graph, const DisplayItem& item);

}  // namespace lathe::canvas
