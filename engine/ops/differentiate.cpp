#include "engine/ops/differentiate.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "engine/ops/check.h"
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/producers.h"

namespace lathe::ops {
namespace {

using base::Error;
using ir::NodeId;
using ir::ValueId;

// Values that no small change can move: what depends on x by them alone does not depend on it here.
bool isDiscrete(const ir::ValueType& type) {
    return type.isTensor() && (tensor::isInteger(type.element) || type.element == tensor::DataType::boolean ||
                               type.element == tensor::DataType::string);
}

// Whether such inputs or outputs hold real numbers, as far as the schema tells.
bool mayBeReal(const std::vector<Formal>& formals, size_t i) {
    return formals.empty() || (formals[std::min(i, formals.size() - 1)].types & kFloats) != 0;
}

class Backward {
  public:
    Backward(GradientScope& scope, std::span<const ValueId> xs, std::span<const ValueId> held)
        : m_scope(scope), m_graph(scope.graph()), m_producers(m_graph), m_xs(xs) {
        m_stops.insert(xs.begin(), xs.end());
        m_stops.insert(held.begin(), held.end());
    }

    base::Result<std::vector<ValueId>> run(ValueId y);

  private:
    void markActive(const std::vector<NodeId>& order);
    base::Status visit(NodeId id);
    base::Result<const Op*> opOf(NodeId id) const;
    ValueId total(ValueId value);

    GradientScope& m_scope;
    const ir::Graph& m_graph;
    Producers m_producers;
    std::span<const ValueId> m_xs;
    std::unordered_set<ValueId> m_stops;
    std::unordered_set<ValueId> m_active;                       // moves with an x
    std::unordered_map<ValueId, std::vector<ValueId>> m_parts;  // what readers of a value add to its gradient
};

void Backward::markActive(const std::vector<NodeId>& order) {
    m_active.insert(m_xs.begin(), m_xs.end());
    for (const auto id : order) {
        const auto reads = m_producers.readBy(id);
        if (std::none_of(reads.begin(), reads.end(), [&](ValueId read) { return m_active.contains(read); }))
            continue;
        const auto node = m_graph.node(id);
        const auto* op = find(node.domain(), node.op());
        for (size_t i = 0; i < node.outputs().size(); ++i)
            if (const auto output = node.output(i); output && !m_stops.contains(output) &&
                                                    !isDiscrete(m_graph.value(output).type()) &&
                                                    (!op || mayBeReal(op->outputs, i)))
                m_active.insert(output);
    }
}

// The gradient of a value from its parts, or invalid when there are none.
ValueId Backward::total(ValueId value) {
    auto& parts = m_parts[value];
    if (parts.size() > 1) parts = {m_scope.emit(parts.size() == 2 ? "Add" : "Sum", parts)};
    return parts.empty() ? ValueId{} : parts.front();
}

base::Result<const Op*> Backward::opOf(NodeId id) const {
    const auto node = m_graph.node(id);
    const auto* op = find(node.domain(), node.op());
    if (m_graph.findFunction(node.domain(), node.op(), m_graph.text(node.data().overload)))
        return Error{
            fmt::format("{}: calls the function {}, and derivatives do not look into functions. "
                        "Inline the function first.",
                        node.label(), node.op())};
    if (!op || !op->gradient)
        return Error{
            fmt::format("{}: the derivative of operator {} is not known here. Take the gradient "
                        "with respect to a value behind this node.",
                        node.label(), node.op())};
    if (hasReferences(node.attributes()))
        return Error{
            fmt::format("{}: takes an attribute from the call of its function, so its derivative is "
                        "not known here.",
                        node.label())};
    return op;
}

base::Status Backward::visit(NodeId id) {
    const auto node = m_graph.node(id);
    const std::vector<ValueId> outputs(node.outputs().begin(), node.outputs().end());
    const std::vector<ValueId> inputs(node.inputs().begin(), node.inputs().end());
    m_scope.setOrigins(node.origins());
    std::vector<ValueId> gradients;
    bool any = false;
    for (const auto output : outputs) {
        const bool takes = output && m_active.contains(output) && !m_stops.contains(output);
        gradients.push_back(takes ? total(output) : ValueId{});
        any = any || gradients.back();
    }
    if (!any) return {};
    const auto op = opOf(id);
    if (!op) return op.error();
    std::vector<bool> wanted;
    wanted.reserve(inputs.size());
    for (size_t i = 0; i < inputs.size(); ++i)
        wanted.push_back(inputs[i] && m_active.contains(inputs[i]) && mayBeReal((*op)->inputs, i));
    if (std::find(wanted.begin(), wanted.end(), true) == wanted.end()) return {};
    GradientContext context(m_scope, id, std::move(gradients), wanted);
    if (auto ok = (*op)->gradient(context); !ok) return ok;
    for (size_t i = 0; i < inputs.size(); ++i)
        if (const auto gradient = context.gradients()[i]; gradient && wanted[i])
            m_parts[inputs[i]].push_back(gradient);
    return {};
}

base::Result<std::vector<ValueId>> Backward::run(ValueId y) {
    const auto order = m_producers.of(y, m_stops);
    markActive(order);
    const auto producer = m_graph.value(y).producer();
    const auto origins = producer ? m_graph.node(producer).origins() : ir::NodeList{};
    m_scope.setOrigins(origins);
    if (m_active.contains(y)) m_parts[y].push_back(m_scope.filledLike(1, y));
    for (auto at = order.rbegin(); at != order.rend(); ++at)
        if (auto ok = visit(*at); !ok) return ok.error();
    m_scope.setOrigins(origins);
    std::vector<ValueId> results;
    for (const auto x : m_xs) {
        const auto gradient = total(x);
        results.push_back(gradient ? gradient : m_scope.filledLike(0, x));
    }
    return results;
}

}  // namespace

base::Result<std::vector<ValueId>> differentiate(GradientScope& scope, ValueId y, std::span<const ValueId> xs,
                                                 std::span<const ValueId> held) {
    const auto& graph = scope.graph();
    for (const auto x : xs)
        if (isDiscrete(graph.value(x).type()))
            return Error::badInput(
                fmt::format("\"{}\" has type {}; derivatives exist for floating-point "
                            "tensors",
                            graph.value(x).name(), ir::toString(graph.value(x).type())));
    if (isDiscrete(graph.value(y).type()))
        return Error::badInput(fmt::format("\"{}\" has type {}; derivatives exist for floating-point tensors",
                                           graph.value(y).name(), ir::toString(graph.value(y).type())));
    auto result = Backward(scope, xs, held).run(y);
    if (!result) scope.takeBack();
    return result;
}

}  // namespace lathe::ops
