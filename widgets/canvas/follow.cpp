#include "widgets/canvas/follow.h"

#include <algorithm>

#include "engine/ir/topology.h"

namespace lathe::canvas {

std::vector<ir::NodeId> neighbours(const ir::Graph& graph, ir::NodeId node, Along along) {
    std::vector<ir::NodeId> found;
    const auto add = [&](ir::NodeId other) {
        if (other && other != node && std::find(found.begin(), found.end(), other) == found.end())
            found.push_back(other);
    };
    if (along == Along::upstream) {
        for (const ir::ValueId input : graph.node(node).inputs())
            if (input) add(graph.value(input).producer());
        for (const ir::SubgraphId body : ir::bodiesOf(graph, node))  // what the body makes is handed on by it
            for (const ir::ValueId output : graph.subgraph(body).outputs)
                if (output) add(graph.value(output).producer());
    } else {
        for (const ir::ValueId output : graph.node(node).outputs())
            if (output)
                for (const ir::Use& use : graph.topology().uses(output)) add(use.node);
    }
    return found;
}

std::vector<ir::NodeId> follow(const ir::Graph& graph, const std::vector<ir::NodeId>& from, Along along) {
    std::vector<bool> seen(graph.nodeLimit());
    std::vector<ir::NodeId> found;
    const auto add = [&](ir::NodeId node) {
        if (!graph.contains(node) || seen[node.index]) return;
        seen[node.index] = true;
        found.push_back(node);
    };
    for (const ir::NodeId node : from) add(node);
    for (size_t i = 0; i < found.size(); ++i)
        for (const ir::NodeId other : neighbours(graph, found[i], along)) add(other);
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace lathe::canvas
