#include "engine/ir/verify.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <unordered_set>

#include "engine/base/function_ref.h"
#include "engine/ir/topology.h"

namespace lathe::ir {
namespace {

using base::Error;
using base::Status;

class Verifier {
  public:
    explicit Verifier(const Graph& graph) : m_graph(graph) {}

    // The order matters: later checks follow ids that earlier ones have seen to be good.
    Status run() {
        for (const auto check : {&Verifier::checkOwners, &Verifier::checkNodes, &Verifier::checkValues,
                                 &Verifier::checkInterfaces, &Verifier::checkReads, &Verifier::checkNames,
                                 &Verifier::checkCycles})
            if (auto s = (this->*check)(); !s) return s;
        return {};
    }

  private:
    Status checkOwners();
    Status checkNodes();
    Status checkValues();
    Status checkInterfaces();
    Status checkReads();
    Status checkNames();
    Status checkCycles();

    // `where` and `reader` make the label; called only for a message.
    using Label = base::FunctionRef<std::string()>;
    Status checkTensor(Label where, const tensor::Tensor& tensor) const;
    Status checkRead(Label reader, SubgraphId scope, ValueId value) const;
    std::string label(NodeId id) const { return m_graph.node(id).label(); }
    std::string label(ValueId id) const {
        const auto name = m_graph.value(id).name();
        return name.empty() ? fmt::format("value {}", id.index) : fmt::format("value \"{}\"", name);
    }
    std::string label(SubgraphId id) const {
        if (id == kMain) return "the graph";
        return fmt::format("sub-graph {} \"{}\"", id.index, m_graph.text(m_graph.subgraph(id).name));
    }
    template <typename... Args>
    static Status fail(fmt::format_string<Args...> text, Args&&... args) {
        return Error::badInput(fmt::format(text, std::forward<Args>(args)...));
    }

    template <typename Visit>
    void forEachNode(Visit&& visit) const {
        for (uint32_t n = 0; n < m_graph.nodeLimit(); ++n)
            if (m_graph.contains(NodeId{n})) visit(NodeId{n});
    }

    const Graph& m_graph;
    std::vector<uint8_t> m_isInput;  // of its sub-graph, by value
};

Status Verifier::checkOwners() {
    if (!m_graph.contains(kMain)) return fail("The graph has no main sub-graph.");
    std::vector<NodeId> owner(m_graph.subgraphLimit());
    std::vector<bool> isFunction(m_graph.subgraphLimit(), false);
    for (const auto& function : m_graph.functions()) {
        const auto body = function.body;
        if (!m_graph.contains(body) || body == kMain || isFunction[body.index])
            return fail("Function {} of domain {} has no body of its own.", function.name, function.domain);
        isFunction[body.index] = true;
    }
    for (uint32_t n = 0; n < m_graph.nodeLimit(); ++n) {
        if (!m_graph.contains(NodeId{n})) continue;
        for (const auto body : bodiesOf(m_graph, {n})) {
            if (!m_graph.contains(body) || body == kMain || isFunction[body.index])
                return fail("{}: an attribute names a body that does not exist.", label(NodeId{n}));
            if (owner[body.index])
                return fail("{}: its body also belongs to {}.", label(NodeId{n}), label(owner[body.index]));
            owner[body.index] = {n};
        }
    }
    for (uint32_t s = 0; s < m_graph.subgraphLimit(); ++s) {
        if (!m_graph.contains(SubgraphId{s})) continue;
        const auto recorded = m_graph.subgraph({s}).owner;
        const bool free = s == kMain.index || isFunction[s];
        if (!free && !owner[s]) return fail("{}: no node and no function owns it.", label(SubgraphId{s}));
        if (owner[s] != recorded)
            return fail("{}: recorded as a body of {}, but {} names it.", label(SubgraphId{s}),
                        m_graph.contains(recorded) ? label(recorded) : "nobody",
                        owner[s] ? label(owner[s]) : "nobody");
    }
    for (uint32_t s = 0; s < m_graph.subgraphLimit(); ++s) {
        if (!m_graph.contains(SubgraphId{s})) continue;
        uint32_t steps = 0;
        for (auto at = m_graph.subgraph({s}).owner; at; ++steps) {
            const auto home = m_graph.nodeData(at).subgraph;
            if (!m_graph.contains(home) || steps > m_graph.subgraphLimit())
                return fail("{}: it is not part of the model.", label(SubgraphId{s}));
            at = m_graph.subgraph(home).owner;
        }
    }
    return {};
}

Status Verifier::checkTensor(Label where, const tensor::Tensor& tensor) const {
    const auto count = tensor::checkedElementCount(tensor.shape());
    std::optional<uint64_t> size;
    if (tensor.type() == tensor::DataType::string && count)
        size = static_cast<uint64_t>(*count) * sizeof(std::string);
    else if (tensor.type() != tensor::DataType::undefined)
        size = tensor::checkedByteSize(tensor.type(), tensor.shape());
    if (size && count == tensor.elementCount() && *size == tensor.bytes().size()) return {};
    return fail("{}: {} holds {} bytes, expected {}.", where(),
                tensor::toString(tensor.type(), tensor.shape()), tensor.bytes().size(),
                size ? fmt::to_string(*size) : "a sane shape");
}

Status Verifier::checkNodes() {
    uint32_t alive = 0;
    for (uint32_t n = 0; n < m_graph.nodeLimit(); ++n) {
        if (!m_graph.contains(NodeId{n})) continue;
        ++alive;
        const auto node = m_graph.node({n});
        if (!m_graph.contains(node.subgraph()))
            return fail("{}: it lies in a sub-graph that does not exist.", node.label());
        if (node.op().empty()) return fail("{}: it has no operator.", node.label());
        for (size_t i = 0; i < node.inputs().size(); ++i)
            if (node.input(i) && !m_graph.contains(node.input(i)))
                return fail("{}: input {} is a value that does not exist.", node.label(), i);
        for (size_t i = 0; i < node.outputs().size(); ++i) {
            const auto output = node.output(i);
            if (!output) continue;
            if (!m_graph.contains(output))
                return fail("{}: output {} is a value that does not exist.", node.label(), i);
            const auto& data = m_graph.valueData(output);
            if (data.producer != NodeId{n} || data.output != i)
                return fail("{}: output {} ({}) is recorded as coming from elsewhere.", node.label(), i,
                            label(output));
            if (data.subgraph != node.subgraph())
                return fail("{}: output {} ({}) lies in another sub-graph.", node.label(), i, label(output));
        }
        for (const auto& [name, attribute] : node.attributes()) {
            const auto where = [&, key = std::string_view(name)] {
                return fmt::format("{}: attribute {}", node.label(), key);
            };
            if (const auto* one = std::get_if<tensor::Tensor>(&attribute))
                if (auto s = checkTensor(where, *one); !s) return s;
            if (const auto* many = std::get_if<std::vector<tensor::Tensor>>(&attribute))
                for (const auto& tensor : *many)
                    if (auto s = checkTensor(where, tensor); !s) return s;
        }
    }
    if (alive != m_graph.nodeCount())
        return fail("The graph counts {} nodes and holds {}.", m_graph.nodeCount(), alive);
    return {};
}

Status Verifier::checkValues() {
    for (uint32_t v = 0; v < m_graph.valueLimit(); ++v) {
        const ValueId id{v};
        if (!m_graph.contains(id)) continue;
        const auto& data = m_graph.valueData(id);
        if (!m_graph.contains(data.subgraph))
            return fail("{}: it lies in a sub-graph that does not exist.", label(id));
        if (data.producer &&
            (!m_graph.contains(data.producer) || m_graph.node(data.producer).output(data.output) != id))
            return fail("{}: recorded as output {} of a node that does not make it.", label(id), data.output);
        if (!data.constant) continue;
        if (data.producer)
            return fail("{}: it is a constant and an output of {} at once.", label(id), label(data.producer));
        if (auto s = checkTensor([&] { return label(id); }, *data.constant); !s) return s;
        const auto& type = m_graph.value(id).type();
        if (type.isTensor() && type.element != data.constant->type())
            return fail("{}: recorded as {}, its constant is {}.", label(id), toString(type),
                        tensor::toString(data.constant->type(), data.constant->shape()));
    }
    return {};
}

Status Verifier::checkInterfaces() {
    m_isInput.assign(m_graph.valueLimit(), 0);
    for (uint32_t s = 0; s < m_graph.subgraphLimit(); ++s) {
        const SubgraphId id{s};
        if (!m_graph.contains(id)) continue;
        for (const auto input : m_graph.subgraph(id).inputs) {
            if (!m_graph.contains(input)) return fail("{}: an input does not exist.", label(id));
            if (m_graph.valueData(input).subgraph != id)
                return fail("{}: input {} lies in another sub-graph.", label(id), label(input));
            if (const auto producer = m_graph.valueData(input).producer)
                return fail("{}: input {} is an output of {}.", label(id), label(input), label(producer));
            if (m_isInput[input.index]++)
                return fail("{}: input {} is listed twice.", label(id), label(input));
        }
    }
    for (uint32_t s = 0; s < m_graph.subgraphLimit(); ++s) {
        const SubgraphId id{s};
        if (!m_graph.contains(id)) continue;
        for (const auto output : m_graph.subgraph(id).outputs) {
            if (!m_graph.contains(output)) return fail("{}: an output does not exist.", label(id));
            if (auto s2 = checkRead([&] { return label(id); }, id, output); !s2) return s2;
        }
    }
    return {};
}

Status Verifier::checkRead(Label reader, SubgraphId scope, ValueId value) const {
    const auto& data = m_graph.valueData(value);
    auto at = scope;
    while (at != data.subgraph) {
        const auto owner = m_graph.subgraph(at).owner;
        if (!owner)
            return fail("{}: reads {} of {}, which is not visible from there.", reader(), label(value),
                        label(data.subgraph));
        at = m_graph.nodeData(owner).subgraph;
    }
    if (data.producer || data.constant || m_isInput[value.index]) return {};
    return fail("{}: reads {}, which no node makes and which is neither an input nor a constant.", reader(),
                label(value));
}

Status Verifier::checkReads() {
    for (uint32_t n = 0; n < m_graph.nodeLimit(); ++n) {
        if (!m_graph.contains(NodeId{n})) continue;
        const auto node = m_graph.node({n});
        for (size_t i = 0; i < node.inputs().size(); ++i)
            if (node.input(i))
                if (auto s = checkRead([&] { return fmt::format("{}: input {}", node.label(), i); },
                                       node.subgraph(), node.input(i));
                    !s)
                    return s;
    }
    return {};
}

Status Verifier::checkNames() {
    std::vector<std::pair<uint64_t, uint32_t>> names;
    for (uint32_t v = 0; v < m_graph.valueLimit(); ++v) {
        if (!m_graph.contains(ValueId{v})) continue;
        const auto& data = m_graph.valueData({v});
        if (data.name) names.emplace_back(uint64_t{data.subgraph.index} << 32 | data.name, v);
        const bool shown = data.producer || data.constant || m_isInput[v];
        if (!data.name && shown)
            return data.producer ? fail("{}: output {} has no name.", label(data.producer), data.output)
                                 : fail("{}: it has no name.", label(ValueId{v}));
    }
    std::sort(names.begin(), names.end());
    for (size_t i = 1; i < names.size(); ++i) {
        if (names[i].first != names[i - 1].first) continue;
        const ValueId first{names[i - 1].second}, second{names[i].second};
        const auto maker = [&](ValueId id) {
            const auto producer = m_graph.valueData(id).producer;
            return producer ? fmt::format("an output of {}", label(producer))
                            : std::string("an input or a constant");
        };
        return fail("Two values of {} have the name \"{}\": one is {}, the other {}.",
                    label(m_graph.valueData(first).subgraph), m_graph.value(first).name(), maker(first),
                    maker(second));
    }
    return {};
}

Status Verifier::checkCycles() {
    const auto& cyclic = m_graph.topology().cyclic();
    if (cyclic.empty()) return {};
    const std::unordered_set<NodeId> left(cyclic.begin(), cyclic.end());
    // One node that each of them waits for, itself waiting.
    std::vector<NodeId> waitsFor(m_graph.nodeLimit());
    const auto note = [&](ValueId value, NodeId reader) {
        const auto producer = value ? m_graph.valueData(value).producer : NodeId{};
        if (!producer || !left.contains(producer)) return;
        const auto home = m_graph.nodeData(producer).subgraph;
        while (reader && m_graph.nodeData(reader).subgraph != home)
            reader = m_graph.subgraph(m_graph.nodeData(reader).subgraph).owner;
        if (reader) waitsFor[reader.index] = producer;
    };
    forEachNode([&](NodeId id) {
        for (const auto input : m_graph.node(id).inputs()) note(input, id);
        for (const auto body : bodiesOf(m_graph, id))
            for (const auto output : m_graph.subgraph(body).outputs) note(output, id);
    });
    // Walking back long enough ends on the cycle itself.
    auto at = cyclic.front();
    for (size_t i = 0; i < cyclic.size() && waitsFor[at.index]; ++i) at = waitsFor[at.index];
    std::vector<std::string> names{label(at)};
    for (auto next = waitsFor[at.index]; next && next != at && names.size() < 8; next = waitsFor[next.index])
        names.push_back(label(next));
    std::reverse(names.begin(), names.end());
    return fail("The graph has a cycle through {}.", fmt::join(names, ", "));
}

}  // namespace

Status verify(const Graph& graph) { return Verifier(graph).run(); }

}  // namespace lathe::ir
