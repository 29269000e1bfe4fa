#include "engine/compress/quantize/selection.h"

#include <algorithm>

#include "engine/compress/quantize/patterns.h"
#include "engine/ir/topology.h"

namespace lathe::compress::quantize {

namespace {

bool isOneOf(std::string_view op, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), op) != names.end();
}

bool isFloat(const ir::Graph& graph, ir::ValueId value) {
    return value && graph.value(value).type().element == tensor::DataType::float32;
}

bool isActivation(const ir::Graph& graph, ir::ValueId value) {
    return isFloat(graph, value) && !graph.value(value).initializer();
}

// Why a node with weights cannot run as integers; empty when it can.
std::string obstacle(const ir::Graph& graph, ir::Node node) {
    if (!isActivation(graph, node.input(0))) return "its first input is not a computed float32 value";
    const auto* weights = node.input(1) ? graph.value(node.input(1)).constant() : nullptr;
    if (node.is("MatMul")) {
        if (!weights && !isActivation(graph, node.input(1))) return "its second input is not float32";
        return weights && weights->rank() < 2 ? "its weights are a vector" : "";
    }
    if (!weights || weights->type() != tensor::DataType::float32)
        return "its weights are not constant float32";
    const auto* bias = node.input(2) ? graph.value(node.input(2)).constant() : nullptr;
    if (node.input(2) && !bias) return "its bias is not constant";
    if (!node.is("Gemm")) return "";
    if (node.attributes().integer("transA", 0) != 0) return "it transposes its input";
    if (bias && bias->elementCount() != 1) {
        const auto columns = weights->dimension(node.attributes().integer("transB", 0) ? 0 : 1);
        if (bias->elementCount() != columns || bias->shape().back() != columns)
            return "its bias differs by row";
    }
    return "";
}

class Selector {
  public:
    Selector(const ir::Graph& graph, const std::vector<std::string>& exclude)
        : m_graph(graph), m_topology(graph.topology()), m_exclude(exclude) {}

    Selection run() {
        const auto order = m_topology.order(ir::kMain);
        for (const auto id : order) chooseCompute(id);
        for (const auto id : order) chooseOther(id);
        for (auto it = order.rbegin(); it != order.rend(); ++it) trim(*it);
        for (const auto id : order)
            if (m_result.nodes.contains(id)) chooseValues(id);
        return std::move(m_result);
    }

  private:
    bool isSelected(ir::NodeId id) const { return id && m_result.nodes.contains(id); }

    void chooseCompute(ir::NodeId id) {
        const auto node = m_graph.node(id);
        if (roleOf(node) != Role::compute) return;
        auto reason = matchesAny(node, m_exclude) ? std::string("it is excluded") : obstacle(m_graph, node);
        if (!reason.empty()) {
            m_result.kept.push_back({id, std::move(reason)});
            return;
        }
        m_result.nodes.insert(id);
        ++(node.is("ConvTranspose") ? m_result.storedCount : m_result.computeCount);
    }

    // Others join when a neighbour above already works with codes.
    void chooseOther(ir::NodeId id) {
        const auto node = m_graph.node(id);
        const auto role = roleOf(node);
        if (role == Role::none || role == Role::compute || matchesAny(node, m_exclude)) return;
        if (!isFloat(m_graph, node.output())) return;
        for (size_t i = 1; i < node.outputs().size(); ++i)
            if (node.output(i)) return;  // MaxPool with indices
        const size_t operands = role == Role::arithmetic ? node.inputs().size() : 1;
        bool joins = false;
        for (size_t i = 0; i < operands; ++i) {
            const auto input = node.input(i);
            if (!isFloat(m_graph, input)) return;
            if (isActivation(m_graph, input)) joins = joins || carriesCodes(input);
        }
        // Codes of probabilities would tie where the model still tells classes apart.
        if (node.is("Softmax") && m_graph.isOutput(node.output())) return;
        if (joins) m_result.nodes.insert(id);
    }

    bool carriesCodes(ir::ValueId value) const {
        if (isSelected(m_graph.value(value).producer())) return true;
        const auto uses = m_topology.uses(value);
        return std::any_of(uses.begin(), uses.end(), [&](const ir::Use& use) {
            return isSelected(use.node) && roleOf(m_graph.node(use.node)) == Role::compute;
        });
    }

    bool hasSelectedReader(ir::ValueId value) const {
        const auto uses = m_topology.uses(value);
        return std::any_of(uses.begin(), uses.end(),
                           [&](const ir::Use& use) { return isSelected(use.node); });
    }

    // Moving codes that only become numbers afterwards gains nothing.
    void trim(ir::NodeId id) {
        const auto node = m_graph.node(id);
        if (isSelected(id) && roleOf(node) == Role::movement && !hasSelectedReader(node.output()))
            m_result.nodes.erase(id);
    }

    // True when the only reader is a limit, so that the codes come after it.
    bool isAbsorbed(ir::ValueId value) const {
        const auto uses = m_topology.uses(value);
        if (uses.size() != 1 || m_graph.isOutput(value) || !isSelected(uses[0].node)) return false;
        return roleOf(m_graph.node(uses[0].node)) == Role::limit && uses[0].input == 0;
    }

    void chooseValues(ir::NodeId id) {
        const auto node = m_graph.node(id);
        const auto role = roleOf(node);
        const size_t operands = role == Role::arithmetic || role == Role::compute ? node.inputs().size() : 1;
        for (size_t i = 0; i < operands; ++i) {
            const auto input = node.input(i);
            if (!isFloat(m_graph, input)) continue;
            if (isActivation(m_graph, input)) {
                if (!isAbsorbedInto(input, id)) add(input);
            } else if (role == Role::arithmetic) {
                m_result.constants.emplace_back(id, i);
            }
        }
        if (isAbsorbed(node.output())) return;
        // A matrix product can end the integers by itself; a convolution needs codes after it.
        const bool endsInFloat = (node.is("Gemm") || node.is("MatMul")) && !hasSelectedReader(node.output());
        if (endsInFloat) return;
        if (role == Role::movement && m_values.contains(node.input(0)))
            m_result.sameScaleAs[node.output()] = node.input(0);
        add(node.output());
    }

    bool isAbsorbedInto(ir::ValueId value, ir::NodeId reader) const {
        return roleOf(m_graph.node(reader)) == Role::limit && isSelected(m_graph.value(value).producer()) &&
               isAbsorbed(value);
    }

    void add(ir::ValueId value) {
        if (m_values.insert(value).second) m_result.values.push_back(value);
    }

    const ir::Graph& m_graph;
    const ir::Topology& m_topology;
    const std::vector<std::string>& m_exclude;
    std::set<ir::ValueId> m_values;
    Selection m_result;
};

}  // namespace

Role roleOf(ir::Node node) {
    if (!node.domain().empty()) return Role::none;
    const auto op = node.op();
    if (isOneOf(op, {"Conv", "ConvTranspose", "Gemm", "MatMul"})) return Role::compute;
    if (isOneOf(op, {"Add", "Mul", "Concat", "GlobalAveragePool", "AveragePool", "LeakyRelu", "Sigmoid",
                     "Softmax"}))
        return Role::arithmetic;
    if (isOneOf(op, {"MaxPool", "Reshape", "Flatten", "Transpose", "Squeeze", "Unsqueeze", "Identity",
                     "Slice", "DepthToSpace", "SpaceToDepth"}))
        return Role::movement;
    return isOneOf(op, {"Relu", "Clip"}) ? Role::limit : Role::none;
}

ir::ValueId Selection::rootOf(ir::ValueId value) const {
    for (auto it = sameScaleAs.find(value); it != sameScaleAs.end(); it = sameScaleAs.find(value))
        value = it->second;
    return value;
}

Selection select(const ir::Graph& graph, const std::vector<std::string>& exclude) {
    return Selector(graph, exclude).run();
}

}  // namespace lathe::compress::quantize
