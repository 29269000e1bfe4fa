#include "engine/ops/coverage.h"

#include <algorithm>
#include <optional>

namespace lathe::ops {
namespace {

// The body a value stands in and all round it, outermost last; nothing for values of functions.
std::optional<std::vector<ir::SubgraphId>> bodiesOf(const ir::Graph& graph, ir::SubgraphId inner) {
    std::vector<ir::SubgraphId> chain{inner};
    while (chain.back() != ir::kMain) {
        const auto owner = graph.subgraph(chain.back()).owner;
        if (!owner) return {};
        chain.push_back(graph.node(owner).subgraph());
    }
    return chain;
}

}  // namespace

Coverage coverage(const ir::Graph& graph, const std::vector<ir::SubgraphId>& neverRun) {
    enum class Body { counted, ofFunction, dead };
    std::vector<Body> bodies(graph.subgraphLimit(), Body::counted);
    for (uint32_t s = 0; s < graph.subgraphLimit(); ++s) {
        if (!graph.contains(ir::SubgraphId{s})) continue;
        const auto chain = bodiesOf(graph, {s});
        if (!chain)
            bodies[s] = Body::ofFunction;
        else if (std::any_of(chain->begin(), chain->end(), [&](auto id) {
                     return std::find(neverRun.begin(), neverRun.end(), id) != neverRun.end();
                 }))
            bodies[s] = Body::dead;
    }
    Coverage result;
    for (uint32_t v = 0; v < graph.valueLimit(); ++v) {
        if (!graph.contains(ir::ValueId{v})) continue;
        const auto body = bodies[graph.value({v}).subgraph().index];
        result.neverRun += body == Body::dead;
        if (body != Body::counted) continue;
        const auto& type = graph.value({v}).type();
        const bool known = type.kind != ir::ValueType::Kind::unknown;
        ++result.values;
        result.ranked +=
            known && (!type.isTensor() || (type.hasRank() && type.element != tensor::DataType::undefined));
        result.complete += known && (!type.isTensor() || type.shapeComplete());
    }
    return result;
}

}  // namespace lathe::ops
