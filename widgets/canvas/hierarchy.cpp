#include "widgets/canvas/hierarchy.h"

#include <algorithm>
#include <unordered_map>

#include "engine/ir/topology.h"

namespace lathe::canvas {
namespace {

constexpr int32_t kSmallGraph = 40;    // nodes: nothing to fold
constexpr size_t kFirstOverview = 6;   // items the first picture should have at least
constexpr size_t kLongestPeriod = 96;  // nodes of a repeated block
constexpr size_t kShortestPeriod = 3;
constexpr size_t kFewestRepeats = 3;
constexpr int kDeepestBody = 16;

// "p2o.Conv.12" is the twelfth Conv of p2o: the operator and its number are no scope.
bool isNumber(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::vector<std::string_view> scopeParts(std::string_view name, std::string_view op) {
    const char separator = name.find('/') != std::string_view::npos ? '/' : '.';
    std::vector<std::string_view> parts;
    size_t begin = 0;
    while (begin <= name.size()) {
        const size_t end = std::min(name.find(separator, begin), name.size());
        if (end > begin) parts.push_back(name.substr(begin, end - begin));
        begin = end + 1;
    }
    if (parts.size() >= 2 && isNumber(parts.back()) && parts[parts.size() - 2] == op) parts.pop_back();
    if (!parts.empty()) parts.pop_back();
    return parts;
}

class Builder {
  public:
    explicit Builder(const ir::GraphPtr& graph) {
        m_result.graph = graph;
        m_result.groupOfNode.assign(graph->nodeLimit(), -1);
    }

    Hierarchy build() {
        const auto order = m_result.graph->order();
        addScopes(order);
        if (m_result.groups.empty()) addRepeats(order);
        for (const ir::NodeId id : order) addBodies(id, 0);
        simplify();
        countRepeats(orderWithBodies(*m_result.graph));
        return std::move(m_result);
    }

  private:
    int32_t groupFor(int32_t parent, std::string_view label, std::string path) {
        const auto [at, fresh] = m_byPath.try_emplace(path, static_cast<int32_t>(m_result.groups.size()));
        if (fresh) {
            Group group;
            group.path = std::move(path);
            group.label = label;
            group.parent = parent;
            m_result.groups.push_back(std::move(group));
        }
        return at->second;
    }

    void addScopes(std::span<const ir::NodeId> order) {
        for (const ir::NodeId id : order) {
            int32_t group = -1;
            std::string path;
            const ir::Node node = m_result.graph->node(id);
            for (const std::string_view part : scopeParts(node.name(), node.op())) {
                if (!path.empty()) path += '/';
                path += part;
                group = groupFor(group, part, path);
            }
            m_result.groupOfNode[id.index] = group;
        }
        // One scope around everything tells nothing.
        const auto groupOf = [&](ir::NodeId id) { return m_result.groupOfNode[id.index]; };
        if (order.empty() || !std::all_of(order.begin(), order.end(), [&](ir::NodeId id) {
                return groupOf(id) == groupOf(order.front());
            }))
            return;
        for (const ir::NodeId id : order) m_result.groupOfNode[id.index] = -1;
        m_result.groups.clear();
        m_byPath.clear();
    }

    // Runs of a block of ops that follows itself in the order of execution. A contiguous piece of a
    // topological order is convex, so closing it never makes a cycle.
    void addRepeats(std::span<const ir::NodeId> order) {
        const size_t count = order.size();
        if (count < kShortestPeriod * kFewestRepeats) return;
        std::vector<uint32_t> ops(count);
        for (size_t i = 0; i < count; ++i) ops[i] = m_result.graph->nodeData(order[i]).op;
        struct Run {
            size_t begin, period, repeats;
        };
        std::vector<Run> runs;
        for (size_t period = kShortestPeriod; period <= std::min(kLongestPeriod, count / 2); ++period) {
            size_t length = 0;
            for (size_t i = 0; i + period <= count; ++i) {
                const bool same = i + period < count && ops[i] == ops[i + period];
                if (same) {
                    ++length;
                    continue;
                }
                const size_t repeats = length / period + 1;
                // Many of one operator are no block: a row of constants, say, whose readers lie far apart.
                const auto block = ops.begin() + static_cast<std::ptrdiff_t>(i - length);
                const bool mixed = std::any_of(block, block + static_cast<std::ptrdiff_t>(period),
                                               [&](uint32_t op) { return op != *block; });
                if (repeats >= kFewestRepeats && mixed) runs.push_back({i - length, period, repeats});
                length = 0;
            }
        }
        // Most nodes covered first; among equals the shorter block, which is the real one.
        std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) {
            const size_t x = a.period * a.repeats, y = b.period * b.repeats;
            return x != y ? x > y : a.period < b.period;
        });
        std::vector<bool> taken(count);
        int number = 0;
        for (Run run : runs) {
            const size_t end = run.begin + run.period * run.repeats;
            if (std::any_of(taken.begin() + static_cast<std::ptrdiff_t>(run.begin),
                            taken.begin() + static_cast<std::ptrdiff_t>(end), [](bool t) { return t; }))
                continue;
            const std::string outer = "blocks " + std::to_string(++number);
            const int32_t parent = groupFor(-1, outer, outer);
            for (size_t i = run.begin; i < end; ++i) {
                taken[i] = true;
                const std::string label = "block " + std::to_string((i - run.begin) / run.period + 1);
                m_result.groupOfNode[order[i].index] = groupFor(parent, label, outer + "/" + label);
            }
        }
    }

    void addBodies(ir::NodeId owner, int depth) {
        const ir::Graph& graph = *m_result.graph;
        if (depth > kDeepestBody || !graph.nodeData(owner).attributes) return;
        const int32_t around = m_result.groupOfNode[owner.index];
        std::string prefix;
        if (around >= 0) prefix = m_result.groups[static_cast<size_t>(around)].path + "/";
        prefix += graph.node(owner).name().empty() ? graph.node(owner).label()
                                                   : std::string(graph.node(owner).name());
        prefix += "/";
        const auto add = [&](const std::string& label, ir::SubgraphId body) {
            const int32_t group = groupFor(around, label, prefix + label);
            m_result.groups[static_cast<size_t>(group)].body = true;
            for (const ir::NodeId id : graph.order(body)) m_result.groupOfNode[id.index] = group;
            for (const ir::NodeId id : graph.order(body)) addBodies(id, depth + 1);
        };
        for (const auto& [name, attribute] : graph.node(owner).attributes()) {
            if (const auto* one = std::get_if<ir::SubgraphId>(&attribute)) add(name, *one);
            if (const auto* many = std::get_if<std::vector<ir::SubgraphId>>(&attribute))
                for (size_t i = 0; i < many->size(); ++i) add(name + " " + std::to_string(i + 1), (*many)[i]);
        }
    }

    // Groups of one node, and groups with nothing but one group in them, tell nothing: their content moves
    // up.
    void simplify() {
        auto& groups = m_result.groups;
        std::vector<int32_t> nodes(groups.size()), direct(groups.size()), children(groups.size());
        for (const int32_t group : m_result.groupOfNode)
            if (group >= 0) ++direct[static_cast<size_t>(group)];
        for (size_t i = groups.size(); i-- > 0;) {
            nodes[i] += direct[i];
            if (groups[i].parent < 0) continue;
            const auto parent = static_cast<size_t>(groups[i].parent);
            nodes[parent] += nodes[i];
            if (nodes[i] >= 2) ++children[parent];
        }
        std::vector<int32_t> target(groups.size(), -1);
        std::vector<Group> kept;
        for (size_t i = 0; i < groups.size(); ++i) {
            const int32_t parent = groups[i].parent < 0 ? -1 : target[static_cast<size_t>(groups[i].parent)];
            const bool hollow =
                nodes[i] < 2 || (direct[i] == 0 && children[i] == 1 && childCoversAll(nodes, i));
            if (hollow) {
                target[i] = parent;
                continue;
            }
            target[i] = static_cast<int32_t>(kept.size());
            Group group = std::move(groups[i]);
            group.parent = parent;
            group.nodeCount = nodes[i];
            if (parent >= 0) kept[static_cast<size_t>(parent)].children.push_back(target[i]);
            kept.push_back(std::move(group));
        }
        for (int32_t& group : m_result.groupOfNode)
            if (group >= 0) group = target[static_cast<size_t>(group)];
        groups = std::move(kept);
    }

    bool childCoversAll(const std::vector<int32_t>& nodes, size_t parent) const {
        for (size_t i = parent + 1; i < m_result.groups.size(); ++i)
            if (m_result.groups[i].parent == static_cast<int32_t>(parent) && nodes[i] == nodes[parent])
                return true;
        return false;
    }

    void countRepeats(std::span<const ir::NodeId> order) {
        auto& groups = m_result.groups;
        std::vector<uint64_t> shape(groups.size(), 1469598103934665603ULL);
        const auto mix = [](uint64_t hash, uint64_t value) { return (hash ^ value) * 1099511628211ULL; };
        for (const ir::NodeId id : order) {
            const int32_t group = m_result.groupOfNode[id.index];
            if (group < 0) continue;
            auto& owner = groups[static_cast<size_t>(group)];
            owner.nodes.push_back(id);
            auto& hash = shape[static_cast<size_t>(group)];
            hash = mix(hash, m_result.graph->nodeData(id).op + 1);
        }
        for (size_t i = groups.size(); i-- > 0;) {
            std::unordered_map<uint64_t, int32_t> alike;
            for (const int32_t child : groups[i].children) {
                const uint64_t hash = shape[static_cast<size_t>(child)];
                groups[i].repeats = std::max(groups[i].repeats, ++alike[hash]);
                shape[i] = mix(shape[i], hash);
            }
            if (groups[i].repeats < 2) groups[i].repeats = 0;
        }
    }

    Hierarchy m_result;
    std::unordered_map<std::string, int32_t> m_byPath;
};

void appendWithBodies(const ir::Graph& graph, ir::NodeId id, int depth, std::vector<ir::NodeId>& out) {
    if (depth <= kDeepestBody && graph.nodeData(id).attributes)
        for (const ir::SubgraphId body : ir::bodiesOf(graph, id))
            for (const ir::NodeId inner : graph.order(body)) appendWithBodies(graph, inner, depth + 1, out);
    out.push_back(id);
}

}  // namespace

std::vector<ir::NodeId> orderWithBodies(const ir::Graph& graph) {
    std::vector<ir::NodeId> nodes;
    nodes.reserve(graph.nodeCount());
    for (const ir::NodeId id : graph.order()) appendWithBodies(graph, id, 0, nodes);
    return nodes;
}

HierarchyPtr makeHierarchy(const ir::GraphPtr& graph) {
    return std::make_shared<const Hierarchy>(Builder(graph).build());
}

Expansion initialExpansion(const Hierarchy& hierarchy) {
    if (static_cast<int32_t>(hierarchy.graph->order().size()) <= kSmallGraph) return allExpanded(hierarchy);
    Expansion open;
    size_t visible = 0;
    std::vector<int32_t> level;
    for (size_t i = 0; i < hierarchy.groups.size(); ++i)
        if (hierarchy.groups[i].parent < 0) level.push_back(static_cast<int32_t>(i));
    for (const ir::NodeId id : hierarchy.graph->order())
        if (hierarchy.groupOfNode[id.index] < 0) ++visible;
    visible += level.size();
    while (visible < kFirstOverview && !level.empty()) {
        std::vector<int32_t> next;
        for (const int32_t at : level) {
            const Group& group = hierarchy.groups[static_cast<size_t>(at)];
            if (group.body) continue;
            open.insert(group.path);
            visible += group.children.size() + group.nodes.size() - 1;
            next.insert(next.end(), group.children.begin(), group.children.end());
        }
        level = std::move(next);
    }
    return open;
}

Expansion revealing(const Hierarchy& hierarchy, Expansion expansion, ir::NodeId node) {
    if (node.index >= hierarchy.groupOfNode.size()) return expansion;
    for (int32_t at = hierarchy.groupOfNode[node.index]; at >= 0;) {
        const Group& group = hierarchy.groups[static_cast<size_t>(at)];
        expansion.insert(group.path);
        at = group.parent;
    }
    return expansion;
}

Expansion allExpanded(const Hierarchy& hierarchy) {
    Expansion open;
    for (const Group& group : hierarchy.groups) open.insert(group.path);
    return open;
}

std::vector<ir::NodeId> nodesBeneath(const Hierarchy& hierarchy, int32_t group) {
    std::vector<ir::NodeId> nodes;
    std::vector<int32_t> todo{group};
    while (!todo.empty()) {
        const Group& at = hierarchy.groups[static_cast<size_t>(todo.back())];
        todo.pop_back();
        nodes.insert(nodes.end(), at.nodes.begin(), at.nodes.end());
        todo.insert(todo.end(), at.children.begin(), at.children.end());
    }
    return nodes;
}

}  // namespace lathe::canvas
