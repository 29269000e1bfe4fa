#include "engine/ops/last_uses.h"

#include "engine/ir/topology.h"

namespace lathe::ops {

using ir::NodeId;
using ir::SubgraphId;
using ir::ValueId;

LastUses::LastUses(const ir::Graph& graph) {
    std::vector<uint32_t> position(graph.nodeLimit(), 0);
    for (uint32_t s = 0; s < graph.subgraphLimit(); ++s) {
        uint32_t next = 0;
        if (graph.contains(SubgraphId{s}))
            for (const auto id : graph.order({s})) position[id.index] = next++;
    }
    // A reader inside a body counts as its owner beside the value.
    const auto beside = [&](NodeId user, SubgraphId home) {
        while (user && graph.nodeData(user).subgraph != home)
            user = graph.subgraph(graph.nodeData(user).subgraph).owner;
        return user;
    };
    std::vector<NodeId> last(graph.valueLimit());
    std::vector<bool> kept(graph.valueLimit(), false);
    const auto read = [&](ValueId value, NodeId reader) {
        const auto user = beside(reader, graph.valueData(value).subgraph);
        auto& known = last[value.index];
        if (user && (!known || position[user.index] > position[known.index])) known = user;
    };
    for (uint32_t s = 0; s < graph.subgraphLimit(); ++s) {
        if (!graph.contains(SubgraphId{s})) continue;
        for (const auto id : graph.order({s}))
            for (const auto input : graph.node(id).inputs())
                if (input) read(input, id);
        for (const auto output : graph.subgraph({s}).outputs) {
            if (!output) continue;
            if (graph.valueData(output).subgraph == SubgraphId{s})
                kept[output.index] = true;
            else
                read(output, graph.subgraph({s}).owner);
        }
    }
    // A result nobody reads is freed by the node that made it.
    for (uint32_t v = 0; v < graph.valueLimit(); ++v)
        if (const auto producer = graph.valueData({v}).producer; producer && !last[v]) last[v] = producer;

    m_start.assign(graph.nodeLimit() + 1, 0);
    const auto isFreed = [&](uint32_t v) { return last[v] && !kept[v]; };
    for (uint32_t v = 0; v < last.size(); ++v)
        if (isFreed(v)) ++m_start[last[v].index + 1];
    for (uint32_t n = 0; n < graph.nodeLimit(); ++n) m_start[n + 1] += m_start[n];
    m_freed.resize(m_start.back());
    auto fill = m_start;
    for (uint32_t v = 0; v < last.size(); ++v)
        if (isFreed(v)) m_freed[fill[last[v].index]++] = {v};
}

}  // namespace lathe::ops
