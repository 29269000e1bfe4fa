#include "tests/engine/formats/graph_text.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "engine/base/hash.h"
#include "engine/ir/editor.h"

namespace lathe::test {
namespace {

std::string text(const tensor::Tensor& tensor) {
    std::string content;
    if (tensor.type() == tensor::DataType::string)
        for (const auto& s : tensor.values<std::string>()) content += s + "|";
    else
        content = base::sha256(tensor.bytes()).substr(0, 12);
    return fmt::format("{} {}", tensor::toString(tensor.type(), tensor.shape()), content);
}

class Describer {
  public:
    explicit Describer(const ir::Graph& graph) : m_graph(graph) {}

    std::string sub(ir::SubgraphId id) {
        const auto& data = m_graph.subgraph(id);
        std::string result = fmt::format("graph {} ({}) {{\n", m_graph.text(data.name), data.doc);
        for (const auto v : data.inputs) result += fmt::format("in {}\n", value(v));
        for (const auto v : data.outputs) result += fmt::format("out {}\n", m_graph.value(v).name());
        // Constants and recorded types, by name: the file may list them in another order.
        std::vector<std::string> lines;
        for (uint32_t v = 0; v < m_graph.valueLimit(); ++v)
            if (m_graph.contains(ir::ValueId{v}) && m_graph.valueData({v}).subgraph == id)
                lines.push_back(value({v}) + "\n");
        std::sort(lines.begin(), lines.end());
        for (const auto& line : lines) result += line;
        for (const auto n : m_graph.order(id)) result += node(n);
        return result + "}\n";
    }

  private:
    std::string value(ir::ValueId id) const {
        const auto v = m_graph.value(id);
        auto result = fmt::format("{}: {}", v.name(), ir::toString(v.type()));
        if (const auto* constant = v.initializer()) result += " = " + text(*constant);
        return result;
    }

    std::string node(ir::NodeId id) {
        const auto n = m_graph.node(id);
        auto result =
            fmt::format("{}:{}/{} \"{}\" (", n.domain(), n.op(), m_graph.text(n.data().overload), n.name());
        for (const auto v : n.inputs()) result += v ? fmt::format("{}, ", m_graph.value(v).name()) : "-, ";
        result += ") -> (";
        for (const auto v : n.outputs()) result += v ? fmt::format("{}, ", m_graph.value(v).name()) : "-, ";
        result += ")";
        for (const auto& [name, attribute] : n.attributes())
            result += fmt::format(" {}={}", name, content(attribute));
        return result + (n.data().doc ? " doc " + *n.data().doc : "") + "\n";
    }

    std::string content(const ir::Attribute& attribute) {
        if (const auto* i = std::get_if<int64_t>(&attribute)) return fmt::format("{}", *i);
        if (const auto* f = std::get_if<float>(&attribute)) return fmt::format("{}f", *f);
        if (const auto* s = std::get_if<std::string>(&attribute)) return "'" + *s + "'";
        if (const auto* t = std::get_if<tensor::Tensor>(&attribute)) return text(*t);
        if (const auto* g = std::get_if<ir::SubgraphId>(&attribute)) return sub(*g);
        if (const auto* t = std::get_if<ir::ValueType>(&attribute)) return ir::toString(*t);
        if (const auto* r = std::get_if<ir::AttributeReference>(&attribute)) return "@" + r->name;
        std::string result = "[";
        if (const auto* list = std::get_if<std::vector<int64_t>>(&attribute))
            for (const auto i : *list) result += fmt::format("{},", i);
        if (const auto* list = std::get_if<std::vector<float>>(&attribute))
            for (const auto f : *list) result += fmt::format("{}f,", f);
        if (const auto* list = std::get_if<std::vector<std::string>>(&attribute))
            for (const auto& s : *list) result += "'" + s + "',";
        if (const auto* list = std::get_if<std::vector<tensor::Tensor>>(&attribute))
            for (const auto& t : *list) result += text(t) + ",";
        if (const auto* list = std::get_if<std::vector<ir::SubgraphId>>(&attribute))
            for (const auto g : *list) result += sub(g);
        if (const auto* sparse = std::get_if<ir::SparseTensor>(&attribute))
            result += text(sparse->values) + text(sparse->indices) + tensor::toString(sparse->shape);
        return result + "]";
    }

    const ir::Graph& m_graph;
};

}  // namespace

std::string describe(const ir::Graph& graph) {
    std::string result;
    Describer describer(graph);
    result += describer.sub(ir::kMain);
    for (const auto& f : graph.functions())
        result += fmt::format("function {}:{}/{}\n", f.domain, f.name, f.overload) + describer.sub(f.body);
    for (const auto& [key, text] : graph.info().properties) result += key + "=" + text + "\n";
    return result;
}

TEST(GraphText, tellsConstantsApart) {
    const auto make = [](float number) {
        ir::Editor editor;
        const auto value = editor.addConstant(tensor::Tensor::scalar(number), "c");
        editor.setGraphOutputs(ir::kMain, {value});
        return editor.finish();
    };
    EXPECT_EQ(describe(*make(1)), describe(*make(1)));
    EXPECT_NE(describe(*make(1)), describe(*make(2)));
}

}  // namespace lathe::test
