#include "engine/ir/editor.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <unordered_set>

namespace lathe::ir {

Editor::Editor() : m_graph(std::make_shared<Graph>(std::make_shared<NamePool>())) {}
Editor::Editor(GraphPtr base) : m_graph(std::make_shared<Graph>(*base)) {}
Editor::~Editor() = default;

NodeData& Editor::write(NodeId id) {
    assert(m_graph->contains(id));
    m_changed = true;
    return m_graph->m_nodes.write(id.index);
}

ValueData& Editor::write(ValueId id) {
    assert(m_graph->contains(id));
    m_changed = true;
    return m_graph->m_values.write(id.index);
}

std::vector<SubgraphData>& Editor::writeSubgraphs() {
    m_changed = true;
    auto& table = m_graph->m_subgraphs;
    if (table.use_count() > 1) table = std::make_shared<std::vector<SubgraphData>>(*table);
    return *table;
}

ModelInfo& Editor::info() {
    m_changed = true;
    auto& info = m_graph->m_info;
    if (info.use_count() > 1) info = std::make_shared<ModelInfo>(*info);
    return *info;
}

void Editor::addFunction(Function function) {
    m_changed = true;
    auto& table = m_graph->m_functions;
    if (table.use_count() > 1) table = std::make_shared<std::vector<Function>>(*table);
    table->push_back(std::move(function));
}

// --- uses

void Editor::ensureUses() const {
    if (m_usesBuilt) return;
    m_uses.assign(m_graph->valueLimit(), {});
    for (uint32_t n = 0; n < m_graph->nodeLimit(); ++n) {
        if (!m_graph->contains(NodeId{n})) continue;
        const auto& inputs = m_graph->nodeData({n}).inputs;
        for (uint32_t i = 0; i < inputs.size(); ++i)
            if (inputs[i]) m_uses[inputs[i].index].push_back({NodeId{n}, i});
    }
    m_usesBuilt = true;
}

void Editor::addUse(ValueId value, Use use) {
    if (!m_usesBuilt || !value) return;
    if (m_uses.size() <= value.index) m_uses.resize(value.index + 1);
    m_uses[value.index].push_back(use);
}

void Editor::dropUse(ValueId value, Use use) {
    if (m_usesBuilt && value) std::erase(m_uses[value.index], use);
}

std::span<const Use> Editor::uses(ValueId value) const {
    ensureUses();
    return value.index < m_uses.size() ? std::span<const Use>(m_uses[value.index]) : std::span<const Use>();
}

namespace {

// A body may hand an outer value out, so outputs of every sub-graph count.
bool isAnyOutput(const Graph& graph, ValueId value) {
    for (uint32_t s = 0; s < graph.subgraphLimit(); ++s) {
        if (!graph.contains(SubgraphId{s})) continue;
        const auto& outputs = graph.subgraph({s}).outputs;
        if (std::find(outputs.begin(), outputs.end(), value) != outputs.end()) return true;
    }
    return false;
}

}  // namespace

bool Editor::hasOneUse(ValueId value) const {
    return uses(value).size() == 1 && !isAnyOutput(*m_graph, value);
}

NodeId Editor::onlyUser(ValueId value) const { return hasOneUse(value) ? uses(value)[0].node : NodeId{}; }

NodeList Editor::originsOf(std::initializer_list<NodeId> nodes) const {
    NodeList all;
    for (const auto id : nodes)
        for (const auto origin : m_graph->node(id).origins())
            if (std::find(all.begin(), all.end(), origin) == all.end()) all.push_back(origin);
    return all;
}

std::string Editor::uniqueName(std::string_view hint) const {
    const auto& names = *m_graph->names();
    const auto taken = [&](std::string_view text) {
        const auto id = names.find(text);
        return id != UINT32_MAX && id < m_usedNames.size() && m_usedNames[id];
    };
    // Names of values and nodes that exist; extended as the tables grow, never shrunk: freed names stay
    // reserved, so a number once taken need not be tried again.
    for (; m_namedValues < m_graph->valueLimit(); ++m_namedValues)
        markUsed(m_graph->valueData({m_namedValues}).name);
    for (; m_namedNodes < m_graph->nodeLimit(); ++m_namedNodes)
        markUsed(m_graph->nodeData({m_namedNodes}).name);
    if (!hint.empty() && !taken(hint)) return std::string(hint);
    const std::string stem(hint.empty() ? "value" : hint);
    for (size_t& number = m_lastNumbers.try_emplace(stem, 1).first->second;; ++number) {
        auto text = fmt::format("{}_{}", stem, number);
        if (!taken(text)) return text;
    }
}

void Editor::markUsed(NameId name) const {
    if (name >= m_usedNames.size()) m_usedNames.resize(std::max<size_t>(name + 1024, m_usedNames.size() * 2));
    m_usedNames[name] = true;
}

// --- growing

ValueId Editor::addValue(std::string_view name, ValueType type, SubgraphId subgraph) {
    m_changed = true;
    ValueData data;
    data.name = m_graph->m_names->intern(name);
    data.subgraph = subgraph;
    if (!(type == ValueType{})) data.type = std::make_shared<const ValueType>(std::move(type));
    return {m_graph->m_values.push(std::move(data))};
}

ValueId Editor::addInput(std::string_view name, ValueType type, SubgraphId subgraph) {
    const auto id = addValue(name, std::move(type), subgraph);
    writeSubgraphs()[subgraph.index].inputs.push_back(id);
    return id;
}

ValueId Editor::addConstant(tensor::Tensor tensor, std::string_view name, SubgraphId subgraph) {
    auto type = ValueType::tensorOf(tensor.type(), symbolicShape(tensor.shape()));
    const auto id =
        addValue(name.empty() ? uniqueName("constant") : std::string(name), std::move(type), subgraph);
    write(id).constant = std::make_shared<const tensor::Tensor>(std::move(tensor));
    return id;
}

SubgraphId Editor::addSubgraph(std::string_view name) {
    auto& table = writeSubgraphs();
    table.emplace_back();
    table.back().name = m_graph->m_names->intern(name);
    return {static_cast<uint32_t>(table.size() - 1)};
}

NodeId Editor::addNode(const NewNode& spec) {
    m_changed = true;
    auto& names = *m_graph->m_names;
    NodeData data;
    data.domain = names.intern(spec.domain);
    data.op = names.intern(spec.op);
    data.name = names.intern(spec.name);
    data.overload = names.intern(spec.overload);
    data.subgraph = spec.subgraph;
    data.inputs = ValueList(std::span<const ValueId>(spec.inputs));
    if (!spec.attributes.empty()) data.attributes = std::make_shared<const Attributes>(spec.attributes);
    if (!spec.origins.empty()) data.origins = std::make_shared<const NodeList>(spec.origins);
    const NodeId id{m_graph->m_nodes.push(std::move(data))};
    ++m_graph->m_nodeCount;
    for (uint32_t i = 0; i < spec.inputs.size(); ++i) addUse(spec.inputs[i], {id, i});
    link(id, spec.attributes);
    ValueList outputs;
    for (size_t i = 0; i < spec.outputCount; ++i) {
        const auto hint = fmt::format("{}_output{}", spec.name.empty() ? spec.op : spec.name,
                                      spec.outputCount > 1 ? fmt::format("_{}", i) : "");
        const auto value = addValue(uniqueName(hint), {}, spec.subgraph);
        auto& valueData = write(value);
        valueData.producer = id;
        valueData.output = static_cast<uint32_t>(i);
        outputs.push_back(value);
    }
    m_graph->m_nodes.write(id.index).outputs = std::move(outputs);
    return id;
}

void Editor::link(NodeId node, const Attributes& attributes) {
    const auto own = [&](SubgraphId body) { writeSubgraphs()[body.index].owner = node; };
    for (const auto& [name, attribute] : attributes) {
        if (const auto* one = std::get_if<SubgraphId>(&attribute)) own(*one);
        if (const auto* many = std::get_if<std::vector<SubgraphId>>(&attribute))
            for (const auto body : *many) own(body);
    }
}

// --- changing

void Editor::setInput(NodeId node, size_t index, ValueId value) {
    auto& inputs = write(node).inputs;
    if (index >= inputs.size()) inputs.resize(index + 1);
    const Use use{node, static_cast<uint32_t>(index)};
    dropUse(inputs[index], use);
    inputs[index] = value;
    addUse(value, use);
}

void Editor::setInputs(NodeId node, std::span<const ValueId> inputs) {
    auto& list = write(node).inputs;
    for (uint32_t i = 0; i < list.size(); ++i) dropUse(list[i], {node, i});
    list = ValueList(inputs);
    for (uint32_t i = 0; i < list.size(); ++i) addUse(list[i], {node, i});
}

void Editor::setOutputs(NodeId node, std::span<const ValueId> outputs) {
    for (const auto old : m_graph->nodeData(node).outputs)
        if (old && m_graph->contains(old) && m_graph->valueData(old).producer == node)
            write(old).producer = {};
    write(node).outputs = ValueList(outputs);
    for (uint32_t i = 0; i < outputs.size(); ++i) {
        if (!outputs[i]) continue;
        auto& data = write(outputs[i]);
        data.producer = node;
        data.output = i;
        data.constant = nullptr;
    }
}

void Editor::setAttributes(NodeId node, Attributes attributes) {
    link(node, attributes);
    write(node).attributes =
        attributes.empty() ? nullptr : std::make_shared<const Attributes>(std::move(attributes));
}

void Editor::setAttribute(NodeId node, std::string name, Attribute value) {
    Attributes attributes = m_graph->node(node).attributes();
    attributes.set(std::move(name), std::move(value));
    setAttributes(node, std::move(attributes));
}

void Editor::removeAttribute(NodeId node, std::string_view name) {
    Attributes attributes = m_graph->node(node).attributes();
    attributes.remove(name);
    setAttributes(node, std::move(attributes));
}

void Editor::setOp(NodeId node, std::string_view op, std::string_view domain) {
    auto& data = write(node);
    data.op = m_graph->m_names->intern(op);
    data.domain = m_graph->m_names->intern(domain);
}

void Editor::setName(NodeId node, std::string_view name) {
    const NameId id = write(node).name = m_graph->m_names->intern(name);
    if (node.index < m_namedNodes) markUsed(id);
}
void Editor::setName(ValueId value, std::string_view name) {
    const NameId id = write(value).name = m_graph->m_names->intern(name);
    if (value.index < m_namedValues) markUsed(id);
}
void Editor::setType(ValueId value, ValueType type) {
    if (m_graph->value(value).type() == type) return;
    write(value).type = std::make_shared<const ValueType>(std::move(type));
}

void Editor::setConstant(ValueId value, tensor::Tensor tensor) {
    auto& data = write(value);
    if (data.producer) m_graph->m_nodes.write(data.producer.index).outputs[data.output] = ValueId{};
    data.producer = {};
    data.type =
        std::make_shared<const ValueType>(ValueType::tensorOf(tensor.type(), symbolicShape(tensor.shape())));
    data.constant = std::make_shared<const tensor::Tensor>(std::move(tensor));
}

void Editor::setOrigins(NodeId node, NodeList origins) {
    write(node).origins = origins.empty() ? nullptr : std::make_shared<const NodeList>(std::move(origins));
}
void Editor::setDoc(NodeId node, std::string doc) {
    write(node).doc = doc.empty() ? nullptr : std::make_shared<const std::string>(std::move(doc));
}

void Editor::setProperties(NodeId node, Properties properties) {
    write(node).properties =
        properties.empty() ? nullptr : std::make_shared<const Properties>(std::move(properties));
}

void Editor::setProperties(ValueId value, Properties properties) {
    write(value).properties =
        properties.empty() ? nullptr : std::make_shared<const Properties>(std::move(properties));
}

void Editor::setProperties(SubgraphId subgraph, Properties properties) {
    writeSubgraphs()[subgraph.index].properties = std::move(properties);
}
void Editor::setGraphInputs(SubgraphId subgraph, std::vector<ValueId> inputs) {
    writeSubgraphs()[subgraph.index].inputs = std::move(inputs);
}
void Editor::setGraphOutputs(SubgraphId subgraph, std::vector<ValueId> outputs) {
    writeSubgraphs()[subgraph.index].outputs = std::move(outputs);
}
void Editor::setSubgraphName(SubgraphId subgraph, std::string_view name, std::string doc) {
    auto& data = writeSubgraphs()[subgraph.index];
    data.name = m_graph->m_names->intern(name);
    data.doc = std::move(doc);
}

void Editor::replaceUses(ValueId from, ValueId to) {
    assert(from != to);
    const auto found = uses(from);
    const std::vector<Use> readers(found.begin(), found.end());
    const auto producer = m_graph->valueData(to).producer;
    for (const auto& use : readers) setInput(use.node, use.input, to);
    for (uint32_t s = 0; s < m_graph->subgraphLimit(); ++s) {
        if (!m_graph->contains(SubgraphId{s})) continue;
        auto outputs = m_graph->subgraph({s}).outputs;
        if (std::find(outputs.begin(), outputs.end(), from) == outputs.end()) continue;
        const bool canRename =
            producer && m_graph->valueData(to).subgraph == SubgraphId{s} && !isAnyOutput(*m_graph, to);
        ValueId replacement = to;
        const std::string name(m_graph->value(from).name());
        if (canRename) {
            // Swap, so that both names stay unique.
            const std::string other(m_graph->value(to).name());
            setName(from, other);
            setName(to, name);
        } else {
            const auto type = m_graph->value(from).type();
            replacement = add({.op = "Identity", .inputs = {to}, .subgraph = SubgraphId{s}});
            const std::string other(m_graph->value(replacement).name());
            setName(from, other);
            setName(replacement, name);
            setType(replacement, type);
        }
        std::replace(outputs.begin(), outputs.end(), from, replacement);
        setGraphOutputs({s}, std::move(outputs));
    }
}

void Editor::removeNode(NodeId node) {
    const NodeData data = m_graph->nodeData(node);
    for (const auto body : bodiesOf(*m_graph, node)) {
        for (uint32_t n = 0; n < m_graph->nodeLimit(); ++n)
            if (m_graph->contains(NodeId{n}) && m_graph->nodeData({n}).subgraph == body) removeNode({n});
        for (uint32_t v = 0; v < m_graph->valueLimit(); ++v)
            if (m_graph->contains(ValueId{v}) && m_graph->valueData({v}).subgraph == body) removeValue({v});
        removeSubgraph(body);
    }
    for (uint32_t i = 0; i < data.inputs.size(); ++i) dropUse(data.inputs[i], {node, i});
    for (const auto output : data.outputs)
        if (output) removeValue(output);
    NodeData gone;
    gone.name = data.name;
    gone.op = data.op;
    gone.domain = data.domain;
    write(node) = std::move(gone);
    --m_graph->m_nodeCount;
}

void Editor::removeSubgraph(SubgraphId subgraph) {
    assert(subgraph != kMain);
    auto& data = writeSubgraphs()[subgraph.index];
    data.alive = false;
    data.inputs.clear();
    data.outputs.clear();
}

void Editor::emptyBody(SubgraphId body) {
    assert(body != kMain && m_graph->subgraph(body).inputs.empty());
    const auto owner = m_graph->subgraph(body).owner;
    const auto home = m_graph->nodeData(owner).subgraph;
    const auto isBelowOwner = [&](SubgraphId place) {
        for (auto at = m_graph->subgraph(place).owner; at;
             at = m_graph->subgraph(m_graph->nodeData(at).subgraph).owner)
            if (at == owner) return true;
        return false;
    };
    std::vector<bool> leaves(m_graph->subgraphLimit(), false);
    for (uint32_t s = 0; s < m_graph->subgraphLimit(); ++s)
        leaves[s] = m_graph->contains(SubgraphId{s}) && isBelowOwner({s});
    std::unordered_set<NameId> taken;
    for (uint32_t v = 0; v < m_graph->valueLimit(); ++v) {
        const auto& data = m_graph->valueData({v});
        if (data.subgraph && !leaves[data.subgraph.index]) taken.insert(data.name);
    }
    for (uint32_t v = 0; v < m_graph->valueLimit(); ++v) {
        if (m_graph->valueData({v}).subgraph != body) continue;
        if (taken.contains(m_graph->valueData({v}).name)) {
            const auto name = uniqueName(m_graph->value({v}).name());
            setName(ValueId{v}, name);
        }
        write(ValueId{v}).subgraph = home;
    }
    for (uint32_t n = 0; n < m_graph->nodeLimit(); ++n)
        if (m_graph->nodeData({n}).subgraph == body) write(NodeId{n}).subgraph = home;
    setGraphOutputs(body, {});
    m_changed = true;
}

void Editor::removeValue(ValueId value) {
    auto& data = write(value);
    data.subgraph = {};
    data.producer = {};
    data.type = nullptr;
    data.constant = nullptr;
}

GraphPtr Editor::finish() {
    auto result = std::move(m_graph);
    m_graph = nullptr;
    return result;
}

}  // namespace lathe::ir
