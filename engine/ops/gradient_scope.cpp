#include "engine/ops/gradient_scope.h"

#include <fmt/format.h>

#include "engine/ops/check.h"
#include "engine/ops/op.h"
#include "engine/ops/support_wide.h"

namespace lathe::ops {
namespace {

using ir::ValueId;
using tensor::DataType;

tensor::Tensor numbered(double value, DataType type, bool vector) {
    const int64_t one = 1;
    auto tensor = tensor::Tensor::zeros(type, vector ? tensor::Dimensions(&one, 1) : tensor::Dimensions{});
    narrow<double>(std::span(&value, 1), tensor);
    return tensor;
}

}  // namespace

void GradientScope::takeBack() {
    // Readers were made after what they read.
    for (uint32_t n = graph().nodeLimit(); n > m_firstNode; --n)
        if (graph().contains(ir::NodeId{n - 1})) m_editor.removeNode({n - 1});
    for (uint32_t v = graph().valueLimit(); v > m_firstValue; --v)
        if (graph().contains(ValueId{v - 1})) m_editor.removeValue({v - 1});
    m_shapes.clear();
}

std::string GradientScope::nameFor(std::string_view what) const {
    return m_editor.uniqueName(m_name.empty() ? std::string(what) : fmt::format("{}/{}", m_name, what));
}

std::vector<ValueId> GradientScope::emitAll(std::string_view op, std::vector<ValueId> inputs,
                                            ir::Attributes attributes, size_t outputCount) {
    const auto name = nameFor(op);
    const auto id = m_editor.addNode({.op = op,
                                      .inputs = std::move(inputs),
                                      .attributes = std::move(attributes),
                                      .name = name,
                                      .outputCount = outputCount,
                                      .origins = m_origins,
                                      .subgraph = m_subgraph});
    inferNode(id);
    const auto outputs = graph().node(id).outputs();
    return {outputs.begin(), outputs.end()};
}

std::vector<ValueId> GradientScope::emitCopy(ir::NodeId node, std::vector<ValueId> inputs) {
    const auto source = graph().node(node);
    const auto name = nameFor(source.name().empty() ? source.op() : source.name());
    // Texts of the pool stay where they are, so the views below outlive the growth of the tables.
    const auto id = m_editor.addNode({.op = source.op(),
                                      .inputs = std::move(inputs),
                                      .attributes = source.attributes(),
                                      .name = name,
                                      .domain = source.domain(),
                                      .outputCount = source.outputs().size(),
                                      .origins = source.origins(),
                                      .subgraph = m_subgraph,
                                      .overload = graph().text(source.data().overload)});
    inferNode(id);
    const auto outputs = graph().node(id).outputs();
    return {outputs.begin(), outputs.end()};
}

void GradientScope::inferNode(ir::NodeId id) {
    const auto node = graph().node(id);
    const auto* op = find(node.domain(), node.op());
    if (!op || !op->infer || hasBodies(node.attributes())) return;
    std::vector<InferContext::Input> inputs;
    std::vector<const ir::ValueType*> types;
    for (const auto input : node.inputs()) {
        if (input) {
            const auto value = graph().value(input);
            inputs.push_back({.type = &value.type(), .constant = value.constant()});
        } else {
            inputs.push_back({});
        }
        types.push_back(inputs.back().type);
    }
    // What does not fit is told with its reason when the whole graph is inferred.
    if (!checkOperands(*op, node.label(), types, node.outputs().size())) return;
    InferContext context(graph(), id, inputs, {});
    if (!op->infer(context)) return;
    for (size_t i = 0; i < node.outputs().size(); ++i)
        if (const auto output = node.output(i)) m_editor.setType(output, context.outputs()[i].type);
}

ValueId GradientScope::constant(tensor::Tensor tensor) {
    return m_editor.addConstant(std::move(tensor), nameFor("constant"), m_subgraph);
}

ValueId GradientScope::integers(std::span<const int64_t> values) {
    return constant(tensor::Tensor::vector(values));
}

ValueId GradientScope::scalar(double value, ValueId like) {
    const auto type = graph().value(like).type().element;
    if (type == DataType::undefined) return emit("CastLike", {constant(tensor::Tensor::scalar(value)), like});
    return constant(numbered(value, type, false));
}

ValueId GradientScope::castLike(ValueId value, ValueId like) {
    const auto from = graph().value(value).type().element, to = graph().value(like).type().element;
    if (to == DataType::undefined) return emit("CastLike", {value, like});
    if (from == to) return value;
    return emit("Cast", {value}, {{"to", static_cast<int64_t>(to)}});
}

ValueId GradientScope::shapeOf(ValueId value, int64_t begin) {
    const auto known = begin == 0 ? m_shapes.find(value) : m_shapes.end();
    if (known != m_shapes.end()) return known->second;
    ValueId result;
    const auto& shape = graph().value(value).type().shape;
    const auto sizes = shape ? ir::concreteShape(std::span(*shape).subspan(
                                   std::min(shape->size(), static_cast<size_t>(begin))))
                             : std::nullopt;
    if (sizes)
        result = integers(std::span<const int64_t>(*sizes));
    else if (begin == 0)
        result = emit("Shape", {value});
    else
        result = emit("Shape", {value}, {{"start", begin}});
    if (begin == 0) m_shapes[value] = result;
    return result;
}

ValueId GradientScope::dimensionOf(ValueId value, int64_t axis) {
    const auto& shape = graph().value(value).type().shape;
    if (const auto place =
            shape ? tensor::normalizedAxis(axis, static_cast<int64_t>(shape->size())) : std::nullopt)
        if (const auto size = (*shape)[static_cast<size_t>(*place)].constant()) return integers({*size});
    ir::Attributes attributes{{"start", axis}};
    if (axis != -1 && axis != INT64_MAX) attributes.set("end", axis + 1);
    return emit("Shape", {value}, std::move(attributes));
}

ValueId GradientScope::shapedLike(ValueId value, ValueId like) {
    auto type = graph().value(value).type();
    type.kind = ir::ValueType::Kind::tensor;
    if (const auto& shape = graph().value(like).type().shape) type.shape = shape;
    m_editor.setType(value, std::move(type));
    return value;
}

ValueId GradientScope::reshapeLike(ValueId value, ValueId like) {
    return shapedLike(emit("Reshape", {value, shapeOf(like)}, {{"allowzero", int64_t{1}}}), like);
}

ValueId GradientScope::expandLike(ValueId value, ValueId like) {
    return shapedLike(emit("Expand", {value, shapeOf(like)}), like);
}

ValueId GradientScope::filledLike(double value, ValueId like) {
    const auto& type = graph().value(like).type();
    const auto element = type.element;
    if (element != DataType::undefined && type.rank() == 0) return scalar(value, like);
    const auto filling = element == DataType::undefined ? DataType::float64 : element;
    const auto filled = emit("ConstantOfShape", {shapeOf(like)}, {{"value", numbered(value, filling, true)}});
    return castLike(shapedLike(filled, like), like);
}

}  // namespace lathe::ops
