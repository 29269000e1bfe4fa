// Writing the text form.
#include <fmt/format.h>

#include <algorithm>

#include "engine/ir/text.h"
#include "engine/ir/text_tensor.h"
#include "engine/ir/text_words.h"
#include "engine/ir/topology.h"

namespace lathe::ir {
namespace {

class Printer {
  public:
    Printer(const Graph& graph, const TextOptions& options) : m_graph(graph), m_options(options) {}

    void model();
    void node(NodeId id);
    std::string take() { return std::move(m_text); }

  private:
    template <typename... Args>
    void add(fmt::format_string<Args...> text, Args&&... args) {
        fmt::format_to(std::back_inserter(m_text), text, std::forward<Args>(args)...);
    }
    // Items with ", " between them.
    template <typename Items, typename Each>
    void list(const Items& items, Each&& each) {
        bool first = true;
        for (const auto& item : items) {
            if (!first) m_text += ", ";
            first = false;
            each(item);
        }
    }
    void newLine() { m_text.append(1, '\n').append(2 * m_depth, ' '); }
    std::string name(ValueId id) const;
    void typed(ValueId id);
    void functionHead(const Function& function);
    void interface(SubgraphId id);
    void block(SubgraphId id);
    void graph(SubgraphId id);
    void tensor(const tensor::Tensor& tensor);
    void attribute(const Attribute& attribute) {
        std::visit([this](const auto& value) { write(value); }, attribute);
    }
    void write(int64_t value) { add("{}", value); }
    void write(float value) { m_text += realText(value); }
    void write(const std::string& value) { m_text += quoted(value); }
    void write(const tensor::Tensor& value) {
        m_text += "tensor ";
        tensor(value);
    }
    void write(const SparseTensor& value) {
        add("sparse {} (", tensor::toString(value.shape));
        write(value.values);
        m_text += ", ";
        write(value.indices);
        m_text += ')';
    }
    void write(SubgraphId value) { graph(value); }
    void write(const ValueType& value) { add("type {}", toString(value)); }
    void write(const AttributeReference& value) { add("@{} {}", nameWord(value.name), value.onnxType); }
    template <typename T>
    void write(const std::vector<T>& values) {
        if (values.empty()) m_text += emptyListWord(Attribute(values)) + " ";
        m_text += '[';
        list(values, [this](const T& value) { write(value); });
        m_text += ']';
    }

    const Graph& m_graph;
    const TextOptions& m_options;
    std::string m_text;
    size_t m_depth = 0;
};

std::string Printer::name(ValueId id) const {
    if (!id) return "_";
    if (!m_graph.contains(id)) return fmt::format("%removed{}", id.index);
    const auto text = m_graph.value(id).name();
    return text.empty() ? fmt::format("%{}", id.index) : nameWord(text);
}

void Printer::typed(ValueId id) {
    m_text += name(id);
    if (!id || !m_options.types || !m_graph.contains(id)) return;
    const auto& type = m_graph.value(id).type();
    if (type.kind != ValueType::Kind::unknown) add(": {}", toString(type));
}

void Printer::tensor(const tensor::Tensor& tensor) {
    add("{}{}", tensor::name(tensor.type()), tensor::toString(tensor.shape()));
    if (tensor.elementCount() > m_options.largestTensor) {
        add(" sha256:{}", contentHash(tensor));
        return;
    }
    m_text += " {";
    list(elementWords(tensor), [&](const std::string& word) { m_text += word; });
    m_text += '}';
}

void Printer::interface(SubgraphId id) {
    const auto& data = m_graph.subgraph(id);
    m_text += '(';
    list(data.inputs, [&](ValueId input) {
        typed(input);
        if (const auto* initial = m_graph.value(input).initializer()) {
            m_text += " = ";
            tensor(*initial);
        }
    });
    m_text += ") -> (";
    list(data.outputs, [&](ValueId output) { m_text += name(output); });
    m_text += ')';
}

void Printer::node(NodeId id) {
    const auto node = m_graph.node(id);
    list(node.outputs(), [&](ValueId output) { typed(output); });
    if (!node.outputs().empty()) m_text += " = ";
    if (!node.domain().empty()) m_text += nameWord(node.domain()) + ".";
    m_text += opWord(node.op());
    if (node.data().overload) add("<{}>", nameWord(m_graph.text(node.data().overload)));
    m_text += '(';
    list(node.inputs(), [&](ValueId input) { m_text += name(input); });
    m_text += ')';
    if (!node.name().empty()) m_text += " " + quoted(node.name());
    if (node.attributes().empty()) return;
    m_text += " {";
    list(node.attributes(), [&](const Attributes::Item& item) {
        m_text += nameWord(item.first) + " = ";
        attribute(item.second);
    });
    m_text += '}';
}

void Printer::block(SubgraphId id) {
    m_text += " {";
    ++m_depth;
    const auto& inputs = m_graph.subgraph(id).inputs;
    for (uint32_t v = 0; v < m_graph.valueLimit(); ++v) {
        const auto& data = m_graph.valueData({v});
        if (data.subgraph != id || !data.constant ||
            std::find(inputs.begin(), inputs.end(), ValueId{v}) != inputs.end())
            continue;
        newLine();
        add("{} = constant ", name({v}));
        tensor(*data.constant);
    }
    for (const auto n : m_graph.order(id)) {
        newLine();
        node(n);
    }
    for (const auto n : m_graph.topology().cyclic()) {  // a broken graph still wants to be looked at
        if (m_graph.nodeData(n).subgraph != id) continue;
        newLine();
        node(n);
    }
    --m_depth;
    newLine();
    m_text += '}';
}

void Printer::graph(SubgraphId id) {
    if (!m_graph.contains(id) || m_depth > 64) {
        m_text += "graph removed";
        return;
    }
    m_text += "graph ";
    if (m_graph.subgraph(id).name) m_text += nameWord(m_graph.text(m_graph.subgraph(id).name)) + " ";
    interface(id);
    block(id);
}

void Printer::functionHead(const Function& function) {
    add("function {}.{}", nameWord(function.domain), opWord(function.name));
    if (!function.overload.empty()) add("<{}>", nameWord(function.overload));
    interface(function.body);
    if (!function.requiredAttributes.empty() || !function.defaultAttributes.empty()) {
        m_text += " attributes {";
        list(function.requiredAttributes, [&](const std::string& key) { m_text += nameWord(key); });
        if (!function.requiredAttributes.empty() && !function.defaultAttributes.empty()) m_text += ", ";
        list(function.defaultAttributes, [&](const Attributes::Item& item) {
            m_text += nameWord(item.first) + " = ";
            attribute(item.second);
        });
        m_text += '}';
    }
    if (function.opsets.empty()) return;
    m_text += " opsets {";
    list(function.opsets, [&](const auto& item) {
        add("{} = {}", nameWord(item.first.empty() ? std::string_view("ai.onnx") : item.first), item.second);
    });
    m_text += '}';
}

void Printer::model() {
    for (const auto& [domain, version] : m_graph.info().opsets)
        add("opset {} {}\n", nameWord(domain.empty() ? std::string_view("ai.onnx") : domain), version);
    for (const auto& function : m_graph.functions()) {
        functionHead(function);
        block(function.body);
        m_text += '\n';
    }
    graph(kMain);
    m_text += '\n';
}

}  // namespace

std::string printText(const Graph& graph, const TextOptions& options) {
    Printer printer(graph, options);
    printer.model();
    return printer.take();
}

std::string printNode(const Graph& graph, NodeId node, const TextOptions& options) {
    Printer printer(graph, options);
    printer.node(node);
    return printer.take();
}

}  // namespace lathe::ir
