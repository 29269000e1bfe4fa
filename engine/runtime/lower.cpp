#include <algorithm>
#include <set>

#include "engine/ir/editor.h"
#include "engine/ops/infer.h"
#include "engine/runtime/draft.h"

namespace lathe::runtime {
namespace {

void collectBodies(const ir::Graph& graph, ir::NodeId node, std::set<ir::SubgraphId>& bodies) {
    for (const auto body : ir::bodiesOf(graph, node)) {
        if (!bodies.insert(body).second) continue;
        for (const auto inner : graph.order(body)) collectBodies(graph, inner, bodies);
    }
}

std::vector<uint32_t> capturesOf(const ir::Graph& graph, ir::NodeId node) {
    std::set<ir::SubgraphId> bodies;
    collectBodies(graph, node, bodies);
    std::set<uint32_t> captures;
    const auto see = [&](ir::ValueId value) {
        if (value.valid() && !bodies.contains(graph.value(value).subgraph())) captures.insert(value.index);
    };
    for (const auto body : bodies) {
        for (const auto inner : graph.order(body))
            for (const auto input : graph.node(inner).inputs()) see(input);
        for (const auto output : graph.subgraph(body).outputs) see(output);
    }
    return {captures.begin(), captures.end()};
}

constexpr size_t kLargestCopied = size_t{64} << 10;

PlannedValue plannedValue(const ir::Value& value) {
    PlannedValue result;
    if (const auto* constant = value.constant()) {
        result.fixed = true;
        result.type = constant->type();
        result.shape = constant->shape();
        // Large weights stay where they are until a kernel is known that cannot take them so.
        const bool large = constant->bytes().size() > kLargestCopied;
        result.constant = std::make_shared<tensor::Tensor>(large ? *constant : constant->aligned());
        return result;
    }
    const auto& type = value.type();
    if (!type.isTensor() || !type.shape || type.element == tensor::DataType::undefined) return result;
    const auto shape = ir::concreteShape(*type.shape);
    result.type = type.element;
    if (!shape || !tensor::checkedElementCount(*shape)) return result;
    result.fixed = type.element != tensor::DataType::string;
    result.shape = tensor::Shape(tensor::Dimensions(*shape));
    return result;
}

}  // namespace

uint32_t Draft::addConstant(tensor::Tensor tensor) {
    PlannedValue value;
    value.fixed = true;
    value.type = tensor.type();
    value.shape = tensor.shape();
    value.constant = std::make_shared<tensor::Tensor>(std::move(tensor));
    values.push_back(std::move(value));
    return static_cast<uint32_t>(values.size() - 1);
}

DraftUses::DraftUses(const Draft& draft)
    : m_counts(draft.values.size(), 0),
      m_readers(draft.values.size(), kNone),
      m_producers(draft.values.size(), kNone) {
    for (uint32_t i = 0; i < draft.nodes.size(); ++i) {
        const auto& node = draft.nodes[i];
        const auto read = [&](uint32_t value) {
            if (value == kNone) return;
            ++m_counts[value];
            m_readers[value] = i;
        };
        for (const auto value : node.inputs) read(value);
        for (const auto value : node.captures) read(value);
        for (const auto value : node.outputs)
            if (value != kNone) m_producers[value] = i;
    }
    for (const auto value : draft.outputs) {
        ++m_counts[value];
        m_readers[value] = kNone;
    }
}

base::Result<ir::GraphPtr> typed(const ir::GraphPtr& graph, std::span<const GivenInput> inputs,
                                 const std::map<std::string, int64_t, std::less<>>& bindings) {
    ops::InferOptions options;
    // What a file recorded for intermediate values may hold for other input shapes only.
    options.discardRecorded = true;
    for (const auto& [name, value] : bindings) options.bindings.emplace(name, ir::Dim(value));
    for (const auto& input : inputs) {
        if (!input.fixed) continue;
        options.inputs.emplace(input.value,
                               ir::ValueType::tensorOf(input.type, ir::symbolicShape(input.shape)));
        const auto& declared = graph->value(input.value).type();
        if (!declared.shape || declared.shape->size() != input.shape.size()) continue;
        for (size_t i = 0; i < input.shape.size(); ++i) {
            const auto symbol = (*declared.shape)[i].symbolName();
            if (!symbol.empty()) options.bindings[std::string(symbol)] = ir::Dim(input.shape[i]);
        }
    }
    return ops::inferred(graph, options);
}

Draft lower(const ir::GraphPtr& graph, ir::SubgraphId subgraph, std::span<const GivenInput> inputs) {
    Draft draft;
    draft.graph = graph;
    draft.subgraph = subgraph;
    draft.values.resize(graph->valueLimit());
    const auto see = [&](ir::ValueId id) {
        if (!id.valid()) return kNone;
        auto& value = draft.values[id.index];
        if (value.type == tensor::DataType::undefined && !value.constant)
            value = plannedValue(graph->value(id));
        return id.index;
    };
    for (const auto& input : inputs) {
        auto& value = draft.values[input.value.index];
        value.fixed = input.fixed;
        value.type = input.type;
        value.shape = input.shape;
        if (input.constant) value.constant = std::make_shared<tensor::Tensor>(*input.constant);
        draft.inputs.push_back(input.value.index);
    }
    for (const auto id : graph->order(subgraph)) {
        const auto node = graph->node(id);
        PlanNode planned;
        planned.source = id;
        planned.members = node.origins();
        // One that took over others stands in its own place, a new one in that of the first it replaces.
        const auto& members = planned.members;
        const bool kept = std::find(members.begin(), members.end(), id) != members.end();
        planned.node = kept ? id : members.front();
        planned.domain = node.domain() == "ai.onnx" ? std::string_view() : node.domain();
        planned.op = node.op();
        planned.attributes = node.attributes();
        for (const auto input : node.inputs()) planned.inputs.push_back(see(input));
        for (const auto output : node.outputs()) planned.outputs.push_back(see(output));
        if (std::all_of(planned.outputs.begin(), planned.outputs.end(),
                        [](uint32_t v) { return v == kNone; }))
            continue;
        planned.captures = capturesOf(*graph, id);
        for (const auto value : planned.captures) see(ir::ValueId{value});
        draft.nodes.push_back(std::move(planned));
    }
    for (const auto output : graph->subgraph(subgraph).outputs) draft.outputs.push_back(see(output));
    return draft;
}

void dropEmptied(Draft& draft) {
    std::erase_if(draft.nodes, [](const PlanNode& node) { return node.op.empty(); });
}

void removeDeadNodes(Draft& draft) {
    std::vector<bool> wanted(draft.values.size(), false);
    for (const auto value : draft.outputs) wanted[value] = true;
    for (auto node = draft.nodes.rbegin(); node != draft.nodes.rend(); ++node) {
        bool alive = false;
        for (auto& value : node->outputs) {
            if (value == kNone) continue;
            if (wanted[value])
                alive = true;
            else
                value = kNone;
        }
        if (!alive) {
            node->op.clear();
            continue;
        }
        for (const auto value : node->inputs)
            if (value != kNone) wanted[value] = true;
        for (const auto value : node->captures) wanted[value] = true;
    }
    dropEmptied(draft);
}

namespace {

// One place a channel: both layouts hold the same numbers in the same order.
bool reordersNothing(const PlannedValue& from) {
    const auto& shape = from.shape;
    return from.layout == kernels::Layout::blocked && shape[2] * shape[3] == 1 &&
           (shape[0] == 1 || shape[1] % kernels::channelBlock() == 0);
}

}  // namespace

bool isView(const Draft& draft, const PlanNode& node) {
    if (node.op == "Reorder" && node.domain == "lathe") return reordersNothing(draft.values[node.inputs[0]]);
    if (!node.domain.empty() || node.inputs.empty() || node.outputs.empty()) return false;
    const auto in = node.inputs[0], out = node.outputs[0];
    if (in == kNone || out == kNone) return false;
    const auto &x = draft.values[in], &y = draft.values[out];
    if (!x.fixed || !y.fixed || x.type != y.type ||
        tensor::elementCount(x.shape) != tensor::elementCount(y.shape))
        return false;
    for (size_t i = 1; i < node.outputs.size(); ++i)
        if (node.outputs[i] != kNone) return false;
    const auto& op = node.op;
    if (op == "Reshape" || op == "Flatten" || op == "Squeeze" || op == "Unsqueeze" || op == "Identity" ||
        op == "Cast" || op == "Expand")
        return true;
    if (op == "Dropout") {
        if (node.inputs.size() < 3 || node.inputs[2] == kNone) return true;
        const auto* training = draft.constant(node.inputs[2]);
        return training && training->elementCount() == 1 && training->integerAt(0) == 0;
    }
    if (op == "Transpose") {  // a view when only dimensions of size 1 move
        const auto rank = x.shape.size();
        const auto permutation = node.attributes.integers("perm");
        int64_t last = -1;
        for (size_t i = 0; i < rank; ++i) {
            const auto from = permutation.empty() ? static_cast<int64_t>(rank - 1 - i) : permutation[i];
            if (x.shape[static_cast<size_t>(from)] == 1) continue;
            if (from < last) return false;
            last = from;
        }
        return true;
    }
    return false;
}

kernels::Site siteOf(const Draft& draft, const PlanNode& node) {
    kernels::Site site;
    site.domain = node.domain;
    site.op = node.op;
    site.attributes = &node.attributes;
    site.label = draft.graph->node(node.node).label();
    const auto operand = [&](uint32_t value) {
        if (value == kNone) return kernels::Operand{};
        const auto& planned = draft.values[value];
        return kernels::Operand{planned.type, planned.shape, planned.constant.get(), planned.layout};
    };
    for (const auto value : node.inputs) site.inputs.push_back(operand(value));
    for (const auto value : node.outputs) site.outputs.push_back(operand(value));
    return site;
}

const kernels::Kernel* chooseKernel(const Draft& draft, const PlanNode& node) {
    // Kernels take concrete shapes with at least one element; the rest is rare, cheap and evaluated plainly.
    const auto suits = [&](uint32_t value) {
        return value == kNone ||
               (draft.values[value].fixed && tensor::elementCount(draft.values[value].shape) > 0);
    };
    if (!std::all_of(node.inputs.begin(), node.inputs.end(), suits) ||
        !std::all_of(node.outputs.begin(), node.outputs.end(), suits))
        return nullptr;
    return kernels::chooseCpuKernel(siteOf(draft, node));
}

}  // namespace lathe::runtime
