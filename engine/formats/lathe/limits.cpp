#include "engine/formats/lathe/limits.h"

#include <fmt/format.h>

namespace lathe::formats::flat {

base::Status checkNesting(const ir::Graph& graph) {
    for (uint32_t s = 0; s < graph.subgraphLimit(); ++s) {
        if (!graph.contains(ir::SubgraphId{s})) continue;
        int depth = 0;
        for (auto owner = graph.subgraph({s}).owner; graph.contains(owner); ++depth) {
            // A cycle ends here too.
            if (depth == kDeepestBody)
                return base::Error::badInput(
                    fmt::format("sub-graph {} \"{}\" is nested deeper than {} or in itself. Move what is "
                                "inside to a function.",
                                s, graph.text(graph.subgraph({s}).name), kDeepestBody));
            const auto home = graph.nodeData(owner).subgraph;
            if (!graph.contains(home)) break;  // ir::verify says so
            owner = graph.subgraph(home).owner;
        }
    }
    return {};
}

}  // namespace lathe::formats::flat
