#include "engine/ops/interpreter.h"

#include <fmt/format.h>

#include <memory>
#include <unordered_map>

#include "engine/ir/topology.h"
#include "engine/ops/check.h"
#include "engine/ops/last_uses.h"
#include "engine/ops/op.h"
#include "engine/ops/value_type.h"

namespace lathe::ops {
namespace {

using base::Error;
using ir::NodeId;
using ir::SubgraphId;
using ir::ValueId;
using tensor::RuntimeValue;
using Values = std::vector<RuntimeValue>;
using Pointers = std::vector<const RuntimeValue*>;

constexpr int kDeepest = 64;

// The values of one sub-graph while it runs. A body sees the scopes around it.
struct Scope {
    const Scope* outer = nullptr;
    const ir::Attributes* attributes = nullptr;  // what the call gives, inside a function
    int depth = 0;
    std::unordered_map<ValueId, RuntimeValue> values;
};

// A body that never ran has shown no value, so the op says float32 [0] or a sequence of no type: the graph
// may know better.
void completeNothing(RuntimeValue& value, const ir::ValueType& type) {
    using tensor::DataType;
    if (const auto* sequence = value.sequence()) {
        if (sequence->items.empty() && sequence->elementType == DataType::undefined && type.inner)
            value = tensor::Sequence{type.inner->element, {}};
        return;
    }
    const auto* tensor = value.tensor();
    const bool isNothing =
        tensor && tensor->type() == DataType::float32 && tensor->shape() == tensor::Shape{0};
    if (!isNothing || !type.isTensor() || type.element == DataType::undefined || !type.shape) return;
    tensor::Shape shape;
    for (const auto& dim : *type.shape) shape.push_back(dim.constantOr(0));
    if (tensor::checkedElementCount(shape) == 0) value = tensor::Tensor::zeros(type.element, shape);
}

class Interpreter {
  public:
    Interpreter(const ir::Graph& graph, const InterpretOptions& options, const Lookup& outer)
        : m_graph(graph), m_options(options), m_outer(outer) {}

    base::Result<Values> runMain(std::span<const RuntimeValue> inputs);
    base::Result<Values> runNode(NodeId id, Pointers inputs, const Scope* scope, int depth);

  private:
    base::Result<Values> runSubgraph(SubgraphId id, Values inputs, const Scope* outer,
                                     const ir::Attributes* attributes, int depth);
    base::Result<Values> runFunction(const ir::Function& function, NodeId id,
                                     const ir::Attributes& attributes, const Pointers& inputs,
                                     const Scope* scope, int depth);
    base::Result<Values> runOp(const Op& op, NodeId id, const ir::Attributes& attributes, Pointers inputs,
                               const Scope* scope, int depth);
    base::Status checkCall(const Op& op, NodeId id, const ir::Attributes& attributes,
                           const Pointers& inputs) const;
    base::Status checkInput(ValueId id, const RuntimeValue& given) const;
    base::Status prepare();
    const RuntimeValue* look(ValueId id, const Scope* scope);

    const ir::Graph& m_graph;
    const InterpretOptions& m_options;
    const Lookup& m_outer;
    std::unique_ptr<LastUses> m_lastUses;
    std::unordered_map<ValueId, RuntimeValue> m_constants;  // met so far
    uint64_t m_calls = 0;
};

base::Status Interpreter::prepare() {
    if (m_lastUses) return {};
    if (const auto& cyclic = m_graph.topology().cyclic(); !cyclic.empty())
        return Error::badInput(
            fmt::format("{}: its input depends on its own output", m_graph.node(cyclic.front()).label()));
    m_lastUses = std::make_unique<LastUses>(m_graph);
    return {};
}

const RuntimeValue* Interpreter::look(ValueId id, const Scope* scope) {
    for (; scope; scope = scope->outer)
        if (const auto it = scope->values.find(id); it != scope->values.end()) return &it->second;
    if (const auto it = m_constants.find(id); it != m_constants.end()) return &it->second;
    if (const auto* constant = m_graph.value(id).initializer())
        return &m_constants.emplace(id, *constant).first->second;
    return m_outer ? m_outer(id) : nullptr;
}

base::Status Interpreter::checkInput(ValueId id, const RuntimeValue& given) const {
    const auto value = m_graph.value(id);
    if (fits(given, value.type())) return {};
    return Error::badInput(fmt::format("Input {}: got {}, the model wants {}.", value.name(),
                                       ir::toString(typeOf(given)), ir::toString(value.type())));
}

base::Result<Values> Interpreter::runMain(std::span<const RuntimeValue> inputs) {
    const auto formal = m_graph.inputs();
    if (inputs.size() > formal.size())
        return Error::badInput(fmt::format("Got {} inputs, the model has {}.", inputs.size(), formal.size()));
    Values values(inputs.begin(), inputs.end());
    values.resize(formal.size());
    for (size_t i = 0; i < formal.size(); ++i) {
        const auto value = m_graph.value(formal[i]);
        // An optional that is not given is an empty one.
        if (values[i].missing() && value.type().kind == ir::ValueType::Kind::optional)
            values[i] = tensor::Optional{};
        if (values[i].missing()) {
            if (!value.initializer())
                return Error::badInput(fmt::format("Input {} is missing and has no default. Give it a {}.",
                                                   value.name(), ir::toString(value.type())));
            values[i] = *value.initializer();
        }
        if (auto s = checkInput(formal[i], values[i]); !s) return s.error();
    }
    return runSubgraph(ir::kMain, std::move(values), nullptr, nullptr, 0);
}

base::Result<Values> Interpreter::runSubgraph(SubgraphId id, Values inputs, const Scope* outer,
                                              const ir::Attributes* attributes, int depth) {
    if (auto s = prepare(); !s) return s.error();
    const auto& data = m_graph.subgraph(id);
    Scope scope{outer, attributes, depth, {}};
    for (size_t i = 0; i < data.inputs.size(); ++i)
        scope.values.insert_or_assign(data.inputs[i], std::move(inputs[i]));
    const auto order = m_graph.order(id);
    for (size_t n = 0; n < order.size(); ++n) {
        if (auto s = m_options.progress.check(); !s) return s.error();
        const auto node = m_graph.node(order[n]);
        Pointers pointers;
        for (size_t i = 0; i < node.inputs().size(); ++i) {
            const auto input = node.input(i);
            const auto* value = input ? look(input, &scope) : nullptr;
            if (input && !value)
                return Error::badInput(fmt::format("{}: input {} ({}) has no value", node.label(), i,
                                                   m_graph.value(input).name()));
            pointers.push_back(value);
        }
        auto outputs = runNode(order[n], std::move(pointers), &scope, depth);
        if (!outputs) return outputs.error();
        if (depth == 0 && m_options.observer) m_options.observer(order[n], *outputs);
        for (size_t i = 0; i < node.outputs().size(); ++i)
            if (node.output(i)) scope.values.insert_or_assign(node.output(i), std::move((*outputs)[i]));
        for (const auto dead : m_lastUses->freedAfter(order[n])) scope.values.erase(dead);
        if (depth == 0)
            m_options.progress.report(static_cast<double>(n + 1) / static_cast<double>(order.size()));
    }
    Values results;
    for (const auto output : data.outputs) {
        const auto* value = output ? look(output, &scope) : nullptr;
        if (!value)
            return Error::badInput(fmt::format("Output {} of \"{}\" has no value.",
                                               output ? m_graph.value(output).name() : "(none)",
                                               m_graph.text(data.name)));
        results.push_back(*value);
    }
    return results;
}

base::Result<Values> Interpreter::runNode(NodeId id, Pointers inputs, const Scope* scope, int depth) {
    const auto node = m_graph.node(id);
    const auto* call = scope ? scope->attributes : nullptr;
    ir::Attributes filled;
    const bool fill = hasReferences(node.attributes());
    if (fill) {
        if (!call)
            return Error::badInput(fmt::format(
                "{}: its attributes refer to the call of a function, and it is in none", node.label()));
        filled = resolved(node.attributes(), *call);
    }
    const auto& attributes = fill ? filled : node.attributes();
    const auto overload = m_graph.text(node.data().overload);
    if (const auto* function = m_graph.findFunction(node.domain(), node.op(), overload))
        return runFunction(*function, id, attributes, inputs, scope, depth);
    const auto* op = find(node.domain(), node.op());
    const auto domain = node.domain().empty() ? std::string_view("ai.onnx") : node.domain();
    if (!op)
        return Error::badInput(fmt::format(
            "{}: operator {} of domain {} is not known here, so the model cannot be run. It can still be "
            "shown, changed and exported.",
            node.label(), node.op(), domain));
    if (!op->evaluate)
        return Error::badInput(
            fmt::format("{}: operator {} of domain {} cannot be run here.", node.label(), node.op(), domain));
    return runOp(*op, id, attributes, std::move(inputs), scope, depth);
}

base::Result<Values> Interpreter::runFunction(const ir::Function& function, NodeId id,
                                              const ir::Attributes& attributes, const Pointers& inputs,
                                              const Scope* scope, int depth) {
    const auto node = m_graph.node(id);
    const auto label = node.label();
    if (depth >= kDeepest)
        return Error::badInput(
            fmt::format("{}: functions and bodies are nested deeper than {}", label, kDeepest));
    const auto& body = m_graph.subgraph(function.body);
    if (inputs.size() > body.inputs.size() || node.outputs().size() > body.outputs.size())
        return Error::badInput(fmt::format("{}: function {} takes {} inputs and gives {} outputs", label,
                                           function.name, body.inputs.size(), body.outputs.size()));
    auto given = callAttributes(function, label, attributes);
    if (!given) return given.error();
    Values values(body.inputs.size());
    for (size_t i = 0; i < inputs.size(); ++i)
        if (inputs[i]) values[i] = *inputs[i];
    auto results = runSubgraph(function.body, std::move(values), scope, &*given, depth + 1);
    if (!results) return results.error().inside(label);
    results->resize(node.outputs().size());
    return results;
}

// The schema and, where no body is needed for it, the shape rule: an evaluation may trust both.
base::Status Interpreter::checkCall(const Op& op, NodeId id, const ir::Attributes& attributes,
                                    const Pointers& inputs) const {
    const auto label = m_graph.node(id).label();
    std::vector<ir::ValueType> types(inputs.size());
    std::vector<const ir::ValueType*> present(inputs.size());
    std::vector<InferContext::Input> ruleInputs(inputs.size());
    for (size_t i = 0; i < inputs.size(); ++i) {
        if (!inputs[i] || inputs[i]->missing()) continue;
        types[i] = typeOf(*inputs[i]);
        present[i] = &types[i];
        ruleInputs[i] = {&types[i], inputs[i]->tensor(), nullptr};
    }
    if (auto s = checkOperands(op, label, present, m_graph.node(id).outputs().size()); !s) return s;
    if (auto s = checkAttributes(op, label, attributes, UnknownAttributes::refuse); !s) return s;
    if (!op.infer || hasBodies(attributes)) return {};
    InferContext context(m_graph, id, std::move(ruleInputs), {});
    context.setAttributes(attributes);
    return op.infer(context);
}

base::Result<Values> Interpreter::runOp(const Op& op, NodeId id, const ir::Attributes& attributes,
                                        Pointers inputs, const Scope* scope, int depth) {
    if (auto s = checkCall(op, id, attributes, inputs); !s) return s.error();
    const auto node = m_graph.node(id);
    std::vector<bool> wanted;
    for (const auto output : node.outputs()) wanted.push_back(output.valid());
    EvalContext context(node.label(), attributes, std::move(inputs), wanted);
    context.setProgress(m_options.progress);
    // Every call its own stream of random numbers (the constant is that of splitmix64).
    context.setSeed(m_options.seed + 0x9e3779b97f4a7c15u * (++m_calls + id.index));
    context.setRunBody([&](SubgraphId body, Values bodyInputs) -> base::Result<Values> {
        if (depth >= kDeepest)
            return Error::badInput(
                fmt::format("{}: functions and bodies are nested deeper than {}", node.label(), kDeepest));
        if (!m_graph.contains(body) || m_graph.subgraph(body).inputs.size() != bodyInputs.size())
            return Error::badInput(fmt::format("{}: its body does not take the {} inputs it is given",
                                               node.label(), bodyInputs.size()));
        return runSubgraph(body, std::move(bodyInputs), scope, scope ? scope->attributes : nullptr,
                           depth + 1);
    });
    if (auto s = op.evaluate(context); !s) return s.error();
    auto outputs = context.takeOutputs();
    for (size_t i = 0; i < outputs.size(); ++i)
        if (wanted[i] && outputs[i].missing())
            return Error::badInput(fmt::format("{}: {} gives no output {} here", node.label(), node.op(), i));
    if (hasBodies(attributes))
        for (size_t i = 0; i < outputs.size(); ++i)
            if (wanted[i]) completeNothing(outputs[i], m_graph.value(node.output(i)).type());
    return outputs;
}

}  // namespace

base::Result<Values> interpret(const ir::Graph& graph, std::span<const RuntimeValue> inputs,
                               const InterpretOptions& options) {
    const Lookup none;
    return Interpreter(graph, options, none).runMain(inputs);
}

base::Result<Values> evaluateNode(const ir::Graph& graph, NodeId node, Pointers inputs, const Lookup& outer,
                                  const InterpretOptions& options) {
    return Interpreter(graph, options, outer).runNode(node, std::move(inputs), nullptr, 0);
}

}  // namespace lathe::ops
