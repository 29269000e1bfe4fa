#include "widgets/canvas/ranking.h"

#include <algorithm>

namespace lathe::canvas {
namespace {

struct Adjacency {
    std::vector<uint32_t> first, edges;
};

template <typename End>
Adjacency adjacency(const Level& level, End end) {
    Adjacency result;
    result.first.assign(level.nodes.size() + 1, 0);
    for (const LevelEdge& edge : level.edges) ++result.first[end(edge) + 1];
    for (size_t i = 1; i < result.first.size(); ++i) result.first[i] += result.first[i - 1];
    result.edges.resize(level.edges.size());
    auto next = result.first;
    for (uint32_t i = 0; i < level.edges.size(); ++i) result.edges[next[end(level.edges[i])]++] = i;
    return result;
}

// Order of release; what waits on a cycle is released in the order it was given.
std::vector<uint32_t> releaseOrder(const Level& level, const Adjacency& out) {
    std::vector<int32_t> waiting(level.nodes.size());
    for (const LevelEdge& edge : level.edges) ++waiting[edge.target];
    std::vector<uint32_t> order;
    order.reserve(level.nodes.size());
    std::vector<bool> released(level.nodes.size());
    const auto release = [&](uint32_t node) {
        released[node] = true;
        order.push_back(node);
    };
    for (uint32_t node = 0; node < level.nodes.size(); ++node)
        if (waiting[node] == 0) release(node);
    uint32_t next = 0;
    for (size_t at = 0; order.size() < level.nodes.size() || at < order.size(); ++at) {
        if (at == order.size()) {
            while (released[next]) ++next;
            release(next);
        }
        const uint32_t node = order[at];
        for (uint32_t i = out.first[node]; i < out.first[node + 1]; ++i) {
            const uint32_t target = level.edges[out.edges[i]].target;
            if (--waiting[target] == 0 && !released[target]) release(target);
        }
    }
    return order;
}

}  // namespace

Ranking rankLevel(const Level& level) {
    Ranking result;
    const size_t count = level.nodes.size();
    result.rank.assign(count, 0);
    result.reversed.assign(level.edges.size(), false);
    const Adjacency out = adjacency(level, [](const LevelEdge& edge) { return edge.source; });
    const Adjacency in = adjacency(level, [](const LevelEdge& edge) { return edge.target; });
    const auto order = releaseOrder(level, out);
    std::vector<uint32_t> place(count);
    for (uint32_t i = 0; i < count; ++i) place[order[i]] = i;
    for (size_t i = 0; i < level.edges.size(); ++i)
        result.reversed[i] = place[level.edges[i].source] >= place[level.edges[i].target];

    const bool topPorts = std::any_of(level.nodes.begin(), level.nodes.end(),
                                      [](const LevelNode& node) { return node.port && !node.bottomPort; });
    int32_t last = 0;
    for (const uint32_t node : order) {
        const bool port = level.nodes[node].port;
        int32_t& rank = result.rank[node];
        if (topPorts && !port) rank = std::max(rank, 1);
        if (!(port && level.nodes[node].bottomPort)) last = std::max(last, rank);
        const auto raise = [&](uint32_t other) {
            result.rank[other] = std::max(result.rank[other], rank + 1);
        };
        for (uint32_t i = out.first[node]; i < out.first[node + 1]; ++i)
            if (!result.reversed[out.edges[i]]) raise(level.edges[out.edges[i]].target);
        for (uint32_t i = in.first[node]; i < in.first[node + 1]; ++i)
            if (result.reversed[in.edges[i]] && level.edges[in.edges[i]].source != node)
                raise(level.edges[in.edges[i]].source);
    }
    bool bottomPorts = false;
    for (size_t i = 0; i < count; ++i)
        if (level.nodes[i].port && level.nodes[i].bottomPort) {
            result.rank[i] = last + 1;
            bottomPorts = true;
        }
    // Sources lie just above their first reader, not all in the first row.
    for (size_t i = order.size(); i-- > 0;) {
        const uint32_t node = order[i];
        if (level.nodes[node].port || in.first[node] != in.first[node + 1]) continue;
        int32_t nearest = INT32_MAX;
        for (uint32_t k = out.first[node]; k < out.first[node + 1]; ++k)
            nearest = std::min(nearest, result.rank[level.edges[out.edges[k]].target]);
        if (nearest != INT32_MAX) result.rank[node] = std::max(result.rank[node], nearest - 1);
    }
    result.count = count == 0 ? 0 : last + (bottomPorts ? 2 : 1);
    return result;
}

}  // namespace lathe::canvas
