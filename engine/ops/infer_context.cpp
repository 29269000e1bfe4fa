#include "engine/ops/infer_context.h"

#include <algorithm>

namespace lathe::ops {

InferContext::InferContext(const ir::Graph& graph, ir::NodeId node, std::vector<Input> inputs,
                           InferBody inferBody)
    : m_node(graph, node),
      m_attributes(&m_node.attributes()),
      m_inputs(std::move(inputs)),
      m_outputs(m_node.outputs().size()),
      m_inferBody(std::move(inferBody)) {}

const ir::ValueType& InferContext::type(size_t i) const {
    static const ir::ValueType kUnknown;
    return has(i) ? *m_inputs[i].type : kUnknown;
}

const ir::SymbolicShape* InferContext::shape(size_t i) const {
    const auto& t = type(i);
    return t.shape ? &*t.shape : nullptr;
}

std::optional<SymbolicContents> InferContext::contents(size_t i) const {
    if (!has(i)) return {};
    if (const auto* tensor = m_inputs[i].constant) {
        const bool integers =
            tensor::isInteger(tensor->type()) || tensor->type() == tensor::DataType::boolean;
        if (!integers || tensor->rank() > 1 || tensor->elementCount() > 4096) return {};
        const auto values = tensor::toIntegers(*tensor);
        return SymbolicContents(values.begin(), values.end());
    }
    if (m_inputs[i].contents) return *m_inputs[i].contents;
    return {};
}

void InferContext::setOutput(size_t i, ir::ValueType type) {
    if (wants(i)) m_outputs[i].type = std::move(type);
}

void InferContext::setContents(size_t i, SymbolicContents contents) {
    if (wants(i)) m_outputs[i].contents = std::move(contents);
}

ir::Dim InferContext::freshDim(std::string_view what) const {
    return ir::Dim::symbol(fmt::format("{}_{}_{}{}", m_node.op(), m_node.id().index, what, m_scope));
}

base::Result<std::vector<ir::ValueType>> InferContext::inferBody(std::string_view attribute,
                                                                 const std::vector<ir::ValueType>& inputs) {
    const auto body = attributes().subgraph(attribute);
    if (!body) return error("attribute {} with the body is missing", attribute);
    return m_inferBody(body, inputs);
}

base::Status inferSameAsFirst(InferContext& context) {
    context.setOutput(0, context.type(0));
    return {};
}

base::Result<ir::SymbolicShape> broadcastShapes(const InferContext& context, const ir::SymbolicShape& a,
                                                const ir::SymbolicShape& b) {
    const auto& longer = a.size() >= b.size() ? a : b;
    const auto& shorter = a.size() >= b.size() ? b : a;
    ir::SymbolicShape result = longer;
    const size_t lead = longer.size() - shorter.size();
    for (size_t i = 0; i < shorter.size(); ++i) {
        auto& d = result[lead + i];
        const auto& e = shorter[i];
        if (same(d, e) || e == ir::Dim(1)) continue;
        if (d == ir::Dim(1))
            d = e;
        else if (d.isKnown() && e.isKnown())
            return context.error("shapes {} and {} do not broadcast: {} against {} on axis {}",
                                 ir::toString(a), ir::toString(b), d.toString(), e.toString(), lead + i);
        else if (e.isKnown() || d.isUnknown())
            d = e;  // a name against a number other than 1: the number holds
        else if (!d.isKnown() && e.isSymbolic())
            d = max(d, e);  // equal, or one of them is 1
    }
    return result;
}

namespace {

base::Status inferBroadcastAs(InferContext& context, tensor::DataType element) {
    if (context.inputCount() == 0) return context.error("has no inputs");
    std::optional<ir::SymbolicShape> shape = ir::SymbolicShape{};
    for (size_t i = 0; i < context.inputCount() && shape; ++i) {
        if (!context.has(i)) continue;
        const auto* s = context.shape(i);
        if (!s) {
            shape.reset();
            break;
        }
        auto merged = broadcastShapes(context, *shape, *s);
        if (!merged) return merged.error();
        shape = std::move(*merged);
    }
    context.setOutput(0, element, std::move(shape));
    return {};
}

}  // namespace

base::Status inferBroadcast(InferContext& context) { return inferBroadcastAs(context, context.element(0)); }

base::Status inferBroadcastToBool(InferContext& context) {
    return inferBroadcastAs(context, tensor::DataType::boolean);
}

base::Error InferContext::errorOf(fmt::string_view text, fmt::format_args args) const {
    return base::Error::badInput(fmt::format("{}: {}", m_node.label(), fmt::vformat(text, args)));
}

}  // namespace lathe::ops
