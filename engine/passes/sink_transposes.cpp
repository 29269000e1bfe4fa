// Moves transposes towards the outputs through operators that do not care, so that they meet and cancel.
//   Transpose(p) -> Relu -> Transpose(p^-1)        Relu            (with inverse_pairs)
//   Add(Transpose(p)(a), Transpose(p)(b))          Transpose(p)(Add(a, b))
// Each step moves one transpose past one node or makes two of them one, so the pass ends.
#include <algorithm>
#include <map>

#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

using Permutation = std::vector<int64_t>;

bool isOneOf(std::string_view op, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), op) != names.end();
}

bool isBroadcasting(std::string_view op) {
    return isOneOf(op, {"Add", "Sub", "Mul", "Div", "Pow", "PRelu", "Max", "Min", "Sum", "Mean"});
}

// The permutation of a transpose whose result only this node reads.
std::optional<Permutation> permutationOf(const ir::Editor& editor, ir::ValueId value) {
    const auto& graph = editor.graph();
    const auto transpose = producerOf(graph, value, "Transpose");
    if (!transpose || isOutput(graph, value)) return {};
    auto permutation = graph.node(transpose).attributes().integers("perm");
    const auto rank = graph.value(value).type().rank();
    if (permutation.empty() || rank != static_cast<int64_t>(permutation.size())) return {};
    // Several reads by one node count as one reader.
    const auto uses = editor.uses(value);
    if (std::any_of(uses.begin(), uses.end(), [&](const ir::Use& use) { return use.node != uses[0].node; }))
        return {};
    return permutation;
}

// The constant that, transposed by the permutation, equals the given one broadcast from the right.
std::optional<tensor::Tensor> untransposed(const tensor::Tensor& constant, const Permutation& permutation) {
    const auto rank = permutation.size();
    if (constant.shape().size() > rank || constant.type() == tensor::DataType::string ||
        tensor::isPacked(constant.type()))
        return {};
    tensor::Shape padded(rank, 1);
    std::copy(constant.shape().begin(), constant.shape().end(),
              padded.begin() + static_cast<int64_t>(rank - constant.shape().size()));
    tensor::Shape shape(rank, 1);
    for (size_t i = 0; i < rank; ++i) shape[static_cast<size_t>(permutation[i])] = padded[i];
    auto result = tensor::Tensor::zeros(constant.type(), shape);
    const auto from = tensor::strides(padded), to = tensor::strides(shape);
    const auto size = static_cast<size_t>(tensor::bitWidth(constant.type()) / 8);
    const auto source = constant.bytes();
    auto target = result.mutableBytes();
    for (int64_t index = 0; index < constant.elementCount(); ++index) {
        int64_t rest = index, at = 0;
        for (size_t i = 0; i < rank; ++i) {
            at += rest / from[i] * to[static_cast<size_t>(permutation[i])];
            rest %= from[i];
        }
        std::copy_n(source.begin() + static_cast<int64_t>(static_cast<size_t>(index) * size), size,
                    target.begin() + static_cast<int64_t>(static_cast<size_t>(at) * size));
    }
    return result;
}

class Sinker {
  public:
    explicit Sinker(ir::Editor& editor) : m_editor(editor), m_graph(editor.graph()) {}

    bool sink(ir::NodeId id) {
        const auto node = m_graph.node(id);
        if (!node.domain().empty() || node.outputs().size() != 1 || !node.input(0)) return false;
        const auto op = node.op();
        if (isElementwiseUnary(node)) return throughInputs(id, 1, {});
        if (isBroadcasting(op)) return throughInputs(id, node.inputs().size(), {});
        if (op == "Concat") return throughConcat(id);
        if (op == "Pad") return throughPad(id);
        if (op == "Softmax" || op == "LogSoftmax") return throughSoftmax(id);
        if (isOneOf(op, {"ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin"})) return throughReduce(id);
        return false;
    }

  private:
    // The permutation that all transposed inputs share; the others must be constants, and one may be enough.
    std::optional<Permutation> common(ir::Node node, size_t count, bool constantsToo) const {
        std::optional<Permutation> shared;
        for (size_t i = 0; i < count; ++i) {
            const auto permutation = permutationOf(m_editor, node.input(i));
            if (!permutation) {
                const auto* constant =
                    constantsToo && node.input(i) ? m_graph.value(node.input(i)).constant() : nullptr;
                if (!constant) return {};
                continue;
            }
            if (shared && *shared != *permutation) return {};
            shared = permutation;
        }
        return shared;
    }

    // Reads the first `count` inputs before their transposes and transposes the output instead.
    bool throughInputs(ir::NodeId id, size_t count, const std::map<std::string, ir::Attribute>& attributes,
                       const std::map<size_t, tensor::Tensor>& constants = {}) {
        const auto node = m_graph.node(id);
        const auto permutation = common(node, count, true);
        if (!permutation) return false;
        std::map<size_t, tensor::Tensor> moved = constants;
        for (size_t i = 0; i < count; ++i) {
            const auto* constant = m_graph.value(node.input(i)).constant();
            if (!constant || constant->elementCount() == 1) continue;
            const auto tensor = untransposed(*constant, *permutation);
            if (!tensor) return false;
            moved[i] = *tensor;
        }
        ir::NodeList origins = node.origins();
        for (size_t i = 0; i < count; ++i) {
            const auto transpose = producerOf(m_graph, node.input(i), "Transpose");
            if (transpose) m_editor.setInput(id, i, m_graph.node(transpose).input(0));
        }
        for (const auto& [i, tensor] : moved)
            m_editor.setInput(id, i, constantBeside(m_editor, node.output(), tensor, "moved"));
        for (const auto& [name, value] : attributes) m_editor.setAttribute(id, name, value);
        transposeOutput(id, *permutation);
        return true;
    }

    void transposeOutput(ir::NodeId id, const Permutation& permutation) {
        const auto output = m_graph.node(id).output();
        const auto type = m_graph.value(output).type();
        const auto after = m_editor.addNode({.op = "Transpose",
                                             .inputs = {output},
                                             .attributes = {{"perm", permutation}},
                                             .origins = m_graph.node(id).origins(),
                                             .subgraph = m_graph.node(id).subgraph()});
        const auto made = m_graph.node(after).output();
        m_editor.setType(made, type);
        m_editor.replaceUses(output, made);
        // replaceUses moved the transpose's own input along; put it back.
        m_editor.setInput(after, 0, output);
        auto before = type;
        if (before.shape)
            for (size_t i = 0; i < permutation.size() && i < type.shape->size(); ++i)
                (*before.shape)[static_cast<size_t>(permutation[i])] = (*type.shape)[i];
        m_editor.setType(output, before);
    }

    bool throughConcat(ir::NodeId id) {
        const auto node = m_graph.node(id);
        const auto permutation = common(node, node.inputs().size(), false);
        if (!permutation) return false;
        const auto axis =
            axisFromFront(node.attributes().integer("axis", 0), static_cast<int64_t>(permutation->size()));
        if (axis < 0) return false;
        return throughInputs(id, node.inputs().size(), {{"axis", (*permutation)[static_cast<size_t>(axis)]}});
    }

    bool throughSoftmax(ir::NodeId id) {
        const auto node = m_graph.node(id);
        const auto permutation = common(node, 1, false);
        if (!permutation) return false;
        const auto axis =
            axisFromFront(node.attributes().integer("axis", -1), static_cast<int64_t>(permutation->size()));
        if (axis < 0) return false;
        return throughInputs(id, 1, {{"axis", (*permutation)[static_cast<size_t>(axis)]}});
    }

    bool throughPad(ir::NodeId id) {
        const auto node = m_graph.node(id);
        const auto permutation = common(node, 1, false);
        const auto pads = integersOf(m_graph, node.input(1));
        if (!permutation || !pads || node.input(3) || pads->size() != permutation->size() * 2) return false;
        auto moved = *pads;
        const auto rank = permutation->size();
        for (size_t i = 0; i < rank; ++i) {
            moved[static_cast<size_t>((*permutation)[i])] = (*pads)[i];
            moved[static_cast<size_t>((*permutation)[i]) + rank] = (*pads)[i + rank];
        }
        return throughInputs(id, 1, {}, {{1, tensor::Tensor::vector<int64_t>(moved)}});
    }

    bool throughReduce(ir::NodeId id) {
        const auto node = m_graph.node(id);
        const auto permutation = common(node, 1, false);
        const auto axes = axesOf(m_graph, id);
        if (!permutation || !axes || axes->empty() || node.attributes().integer("keepdims", 1) == 0)
            return false;
        std::vector<int64_t> moved;
        for (const auto axis : *axes) {
            const auto front = axisFromFront(axis, static_cast<int64_t>(permutation->size()));
            if (front < 0) return false;
            moved.push_back((*permutation)[static_cast<size_t>(front)]);
        }
        if (!node.input(1)) return throughInputs(id, 1, {{"axes", moved}});
        return throughInputs(id, 1, {}, {{1, tensor::Tensor::vector<int64_t>(moved)}});
    }

    ir::Editor& m_editor;
    const ir::Graph& m_graph;
};

base::Result<int64_t> sinkTransposes(PassContext& context) {
    Sinker sinker(context.editor);
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> { return sinker.sink(id); });
}

}  // namespace

Pass sinkTransposesPass() {
    return {.name = "sink_transposes",
            .title = "Move transposes down",
            .summary = "Moves transposes through operators that work on any layout, so that they cancel.",
            .run = sinkTransposes};
}

}  // namespace lathe::passes
