// The groups of a graph: name scopes ('/'- or '.'-separated) and, where names say nothing, repeated blocks
// found in the order of execution. The bodies of control flow nodes are groups beside their node. A value;
// built off the GUI thread.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "engine/ir/graph.h"

namespace lathe::canvas {

struct Group {
    std::string path;   // unique, stable across variants: "layer1/layer1.0"
    std::string label;  // last part of the path
    int32_t parent = -1;
    int32_t nodeCount = 0;          // all nodes beneath
    bool body = false;              // a branch or loop body of a node
    int32_t repeats = 0;            // how many direct children look alike; 0 or at least 2
    std::vector<int32_t> children;  // groups
    std::vector<ir::NodeId> nodes;  // direct ones, in order of execution
};

struct Hierarchy {
    ir::GraphPtr graph;
    std::vector<Group> groups;         // parents before children
    std::vector<int32_t> groupOfNode;  // by node index; -1: top level or not reached from the main graph
};
using HierarchyPtr = std::shared_ptr<const Hierarchy>;

// The nodes of the main graph in order of execution, each after the nodes of its bodies.
std::vector<ir::NodeId> orderWithBodies(const ir::Graph& graph);

// Paths of the groups that are open.
using Expansion = std::set<std::string, std::less<>>;

// Linear in nodes (times a small constant for the search of repeats).
HierarchyPtr makeHierarchy(const ir::GraphPtr& graph);
// What to open at first: everything in a small graph, else only as much as gives a first overview.
Expansion initialExpansion(const Hierarchy& hierarchy);
// The expansion with every group around the node open.
Expansion revealing(const Hierarchy& hierarchy, Expansion expansion, ir::NodeId node);
Expansion allExpanded(const Hierarchy& hierarchy);
// All nodes beneath a group.
std::vector<ir::NodeId> nodesBeneath(const Hierarchy& hierarchy, int32_t group);

}  // namespace lathe::canvas
