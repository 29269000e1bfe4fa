// The cost of nodes from the types recorded in a graph.
#include <optional>

#include "engine/ops/check.h"
#include "engine/ops/infer.h"
#include "engine/ops/op.h"

namespace lathe::ops {
namespace {

// Nothing when the shape is not concrete.
std::optional<CostContext::Operand> operand(const ir::Graph& graph, ir::ValueId id) {
    if (!id) return CostContext::Operand{};
    const auto& type = graph.value(id).type();
    if (!type.isTensor() || !type.shape) return {};
    const auto shape = ir::concreteShape(*type.shape);
    if (!shape) return {};
    return CostContext::Operand{type.element, tensor::Shape(std::span<const int64_t>(*shape))};
}

// A cost function may trust the ranks that the shape rule checks, so a call the rule refuses costs nothing.
bool ruleAccepts(const ir::Graph& graph, const Op& op, ir::NodeId id) {
    if (!checkNode(graph, id)) return false;
    if (!op.infer || hasBodies(graph.node(id).attributes())) return true;
    std::vector<InferContext::Input> inputs;
    for (const auto value : graph.node(id).inputs()) {
        auto& input = inputs.emplace_back();
        if (!value) continue;
        input.type = &graph.value(value).type();
        input.constant = graph.value(value).initializer();
    }
    InferContext context(graph, id, std::move(inputs), {});
    return op.infer(context).ok();
}

}  // namespace

Cost nodeCost(const ir::Graph& graph, ir::NodeId id) {
    const auto node = graph.node(id);
    const auto* op = find(node.domain(), node.op());
    if (!op) return {};
    CostContext context;
    context.attributes = &node.attributes();
    for (const auto value : node.inputs()) {
        auto o = operand(graph, value);
        if (!o) return {};
        context.inputs.push_back(std::move(*o));
    }
    for (const auto value : node.outputs()) {
        auto o = operand(graph, value);
        if (!o) return {};
        context.outputs.push_back(std::move(*o));
    }
    if (!op->cost) return trafficCost(context);
    return ruleAccepts(graph, *op, id) ? op->cost(context) : Cost{};
}

Cost graphCost(const ir::Graph& graph) {
    Cost total;
    for (const auto id : graph.order()) total += nodeCost(graph, id);
    return total;
}

}  // namespace lathe::ops
