#include "engine/ir/diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "engine/ir/text.h"
#include "engine/ir/topology.h"

namespace lathe::ir {
namespace {

constexpr uint32_t kNone = UINT32_MAX;

// Every node, bodies and functions after the main graph; those on a cycle last.
NodeList allNodes(const Graph& graph) {
    NodeList nodes;
    for (uint32_t s = 0; s < graph.subgraphLimit(); ++s)
        if (graph.contains(SubgraphId{s}))
            for (const auto id : graph.order({s})) nodes.push_back(id);
    const auto& cyclic = graph.topology().cyclic();
    nodes.insert(nodes.end(), cyclic.begin(), cyclic.end());
    return nodes;
}

// Disjoint sets with path halving.
class Sets {
  public:
    explicit Sets(size_t count) : m_parent(count) { std::iota(m_parent.begin(), m_parent.end(), 0u); }
    uint32_t find(uint32_t item) {
        while (m_parent[item] != item) item = m_parent[item] = m_parent[m_parent[item]];
        return item;
    }
    void join(uint32_t a, uint32_t b) { m_parent[find(b)] = find(a); }

  private:
    std::vector<uint32_t> m_parent;
};

// What a node is known by: numbers that equal ones of the other graph's nodes.
class Keys {
  public:
    explicit Keys(AlignBy by) : m_by(by) {}
    std::vector<uint32_t> of(const Graph& graph, NodeId id) {
        std::vector<uint32_t> keys;
        const auto node = graph.node(id);
        if (m_by == AlignBy::origins) {
            for (const auto origin : node.origins()) keys.push_back(number(fmt::to_string(origin.index)));
            return keys;
        }
        std::string name(node.name());
        if (name.empty() && node.output()) name = graph.value(node.output()).name();
        keys.push_back(number(fmt::format("{} {}", graph.text(graph.subgraph(node.subgraph()).name), name)));
        return keys;
    }
    uint32_t count() const { return static_cast<uint32_t>(m_numbers.size()); }

  private:
    uint32_t number(std::string key) { return m_numbers.try_emplace(std::move(key), count()).first->second; }
    AlignBy m_by;
    std::unordered_map<std::string, uint32_t> m_numbers;
};

class Comparer {
  public:
    Comparer(const Graph& a, const Graph& b, const Diff& diff) : m_a(a), m_b(b), m_diff(diff) {}
    std::vector<std::string> notes(NodeId a, NodeId b) const;

  private:
    bool sameSource(ValueId a, ValueId b) const;
    static bool sameTensor(const tensor::Tensor& a, const tensor::Tensor& b) {
        const bool sameBytes = a.bytes().data() == b.bytes().data() && a.bytes().size() == b.bytes().size();
        return (sameBytes && a.type() == b.type() && a.shape() == b.shape()) || a == b;
    }

    const Graph& m_a;
    const Graph& m_b;
    const Diff& m_diff;
};

bool Comparer::sameSource(ValueId a, ValueId b) const {
    if (!a || !b) return a.valid() == b.valid();
    const auto x = m_a.value(a), y = m_b.value(b);
    if (x.producer() && y.producer())
        return m_diff.groupOfA[x.producer().index] == m_diff.groupOfB[y.producer().index];
    if (x.producer() || y.producer()) return false;
    if (x.initializer() && y.initializer()) return sameTensor(*x.initializer(), *y.initializer());
    return !x.initializer() && !y.initializer() && x.name() == y.name();
}

std::vector<std::string> Comparer::notes(NodeId idA, NodeId idB) const {
    std::vector<std::string> result;
    const auto a = m_a.node(idA), b = m_b.node(idB);
    if (a.op() != b.op() || a.domain() != b.domain())
        result.push_back(fmt::format("operator {} is {}", a.op(), b.op()));
    for (const auto& [key, value] : a.attributes()) {
        const auto* other = b.attributes().find(key);
        if (!other)
            result.push_back(fmt::format("attribute {} is gone", key));
        else if (!(*other == value))
            result.push_back(fmt::format("attribute {} differs", key));
    }
    for (const auto& [key, value] : b.attributes())
        if (!a.attributes().has(key)) result.push_back(fmt::format("attribute {} is new", key));
    for (size_t i = 0; i < std::max(a.inputs().size(), b.inputs().size()); ++i)
        if (!sameSource(a.input(i), b.input(i))) result.push_back(fmt::format("input {} differs", i));
    for (size_t i = 0; i < std::max(a.outputs().size(), b.outputs().size()); ++i) {
        if (!a.output(i) || !b.output(i)) continue;
        const auto x = m_a.value(a.output(i)).type().element, y = m_b.value(b.output(i)).type().element;
        if (x != y && x != tensor::DataType::undefined && y != tensor::DataType::undefined)
            result.push_back(
                fmt::format("output {} is {} instead of {}", i, tensor::name(y), tensor::name(x)));
    }
    return result;
}

}  // namespace

std::string_view name(DiffStatus status) {
    constexpr std::string_view kNames[] = {"unchanged", "changed", "added", "removed"};
    return kNames[static_cast<size_t>(status)];
}

size_t Diff::count(DiffStatus status) const {
    return static_cast<size_t>(std::count_if(groups.begin(), groups.end(),
                                             [&](const DiffGroup& group) { return group.status == status; }));
}

Diff diff(const Graph& a, const Graph& b, AlignBy by) {
    const auto nodesA = allNodes(a), nodesB = allNodes(b);
    Keys keys(by);
    std::vector<std::vector<uint32_t>> keysA, keysB;
    for (const auto id : nodesA) keysA.push_back(keys.of(a, id));
    for (const auto id : nodesB) keysB.push_back(keys.of(b, id));
    Sets sets(keys.count());
    for (const auto* list : {&keysA, &keysB})
        for (const auto& of : *list)
            for (const auto key : of) sets.join(of.front(), key);

    Diff result;
    result.groupOfA.assign(a.nodeLimit(), kNone);
    result.groupOfB.assign(b.nodeLimit(), kNone);
    std::vector<uint32_t> groupOfSet(keys.count(), kNone);
    const auto groupOf = [&](const std::vector<uint32_t>& of) {
        auto& group = groupOfSet[sets.find(of.front())];
        if (group == kNone) {
            group = static_cast<uint32_t>(result.groups.size());
            result.groups.emplace_back();
        }
        return group;
    };
    const auto takeA = [&](size_t i) {
        const auto group = groupOf(keysA[i]);
        result.groups[group].a.push_back(nodesA[i]);
        result.groupOfA[nodesA[i].index] = group;
    };
    std::vector<bool> inB(keys.count(), false);
    for (const auto& of : keysB) inB[sets.find(of.front())] = true;
    // Walk both: what only a has comes before the next node of a that b has too.
    size_t nextA = 0;
    for (size_t i = 0; i < nodesB.size(); ++i) {
        while (nextA < nodesA.size() && !inB[sets.find(keysA[nextA].front())]) takeA(nextA++);
        const auto group = groupOf(keysB[i]);
        result.groups[group].b.push_back(nodesB[i]);
        result.groupOfB[nodesB[i].index] = group;
        while (nextA < nodesA.size() && groupOfSet[sets.find(keysA[nextA].front())] != kNone) takeA(nextA++);
    }
    while (nextA < nodesA.size()) takeA(nextA++);

    const Comparer comparer(a, b, result);
    for (auto& group : result.groups) {
        if (group.a.size() == 1 && group.b.size() == 1)
            group.notes = comparer.notes(group.a.front(), group.b.front());
        const bool alone = group.a.size() == 1 && group.b.size() == 1 && group.notes.empty();
        group.status = group.a.empty()   ? DiffStatus::added
                       : group.b.empty() ? DiffStatus::removed
                       : alone           ? DiffStatus::unchanged
                                         : DiffStatus::changed;
    }
    return result;
}

std::string printDiff(const Graph& a, const Graph& b, const Diff& diff) {
    std::string text;
    for (const auto& group : diff.groups) {
        if (group.status == DiffStatus::unchanged) continue;
        for (const auto id : group.a) text += "- " + printNode(a, id, {.types = false}) + "\n";
        for (const auto id : group.b) text += "+ " + printNode(b, id, {.types = false}) + "\n";
    }
    return text;
}

}  // namespace lathe::ir
