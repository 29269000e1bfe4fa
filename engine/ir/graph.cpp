#include "engine/ir/graph.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/ir/topology.h"

namespace lathe::ir {

const NodeData& Node::data() const { return m_graph->nodeData(m_id); }
std::string_view Node::op() const { return m_graph->text(data().op); }
std::string_view Node::domain() const { return m_graph->text(data().domain); }
std::string_view Node::name() const { return m_graph->text(data().name); }

const Attributes& Node::attributes() const {
    static const Attributes kNone;
    return data().attributes ? *data().attributes : kNone;
}

NodeList Node::origins() const { return data().origins ? *data().origins : NodeList{m_id}; }

std::string Node::label() const {
    return name().empty() ? fmt::format("{} {}", op(), m_id.index) : fmt::format("{} \"{}\"", op(), name());
}

const ValueData& Value::data() const { return m_graph->valueData(m_id); }
std::string_view Value::name() const { return m_graph->text(data().name); }

const ValueType& Value::type() const {
    static const ValueType kUnknown;
    return data().type ? *data().type : kUnknown;
}

const tensor::Tensor* Value::constant() const {
    if (!data().constant || m_graph->isInput(m_id)) return nullptr;
    return data().constant.get();
}

Graph::Graph(std::shared_ptr<NamePool> names)
    : m_names(std::move(names)),
      m_subgraphs(std::make_shared<std::vector<SubgraphData>>(1)),
      m_functions(std::make_shared<std::vector<Function>>()),
      m_info(std::make_shared<ModelInfo>()) {}

Graph::Graph(const Graph& other)
    : m_names(other.m_names),
      m_nodes(other.m_nodes),
      m_values(other.m_values),
      m_subgraphs(other.m_subgraphs),
      m_functions(other.m_functions),
      m_info(other.m_info),
      m_nodeCount(other.m_nodeCount) {}

Graph::~Graph() = default;

bool Graph::isInput(ValueId id) const {
    const auto& data = valueData(id);
    if (data.producer || !data.subgraph) return false;
    const auto& inputs = subgraph(data.subgraph).inputs;
    return std::find(inputs.begin(), inputs.end(), id) != inputs.end();
}

bool Graph::isOutput(ValueId id) const {
    const auto& data = valueData(id);
    if (!data.subgraph) return false;
    const auto& outputs = subgraph(data.subgraph).outputs;
    return std::find(outputs.begin(), outputs.end(), id) != outputs.end();
}

const Function* Graph::findFunction(std::string_view domain, std::string_view name,
                                    std::string_view overload) const {
    for (const auto& f : *m_functions)
        if (f.domain == domain && f.name == name && f.overload == overload) return &f;
    return nullptr;
}

ValueId Graph::findValue(std::string_view name) const {
    const auto id = m_names->find(name);
    for (uint32_t v = 0; v < valueLimit(); ++v)
        if (m_values[v].name == id && m_values[v].subgraph == kMain) return {v};
    return {};
}

NodeId Graph::findNode(std::string_view name) const {
    const auto id = m_names->find(name);
    for (uint32_t n = 0; n < nodeLimit(); ++n)
        if (m_nodes[n].name == id && m_nodes[n].subgraph == kMain) return {n};
    return {};
}

const Topology& Graph::topology() const {
    std::call_once(m_topologyOnce, [this] { m_topology = std::make_unique<Topology>(*this); });
    return *m_topology;
}

std::span<const NodeId> Graph::order(SubgraphId id) const { return topology().order(id); }

}  // namespace lathe::ir
