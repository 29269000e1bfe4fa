#include "engine/formats/onnx/adapt.h"

#include <fmt/format.h>

#include <unordered_map>

#include "engine/formats/onnx/onnx.h"
#include "engine/ops/infer.h"
#include "engine/tensor/visit_type.h"

namespace lathe::formats::onnx {

#define LATHE_ADAPTER(name) Adapter name##Adapter();
#include "engine/formats/onnx/adapters.inc"
#undef LATHE_ADAPTER

const std::vector<Adapter>& adapters() {
#define LATHE_ADAPTER(name) name##Adapter(),
    static const std::vector<Adapter> list{
#include "engine/formats/onnx/adapters.inc"
    };
#undef LATHE_ADAPTER
    return list;
}

const tensor::Tensor* AdaptContext::constant(size_t input) const {
    const auto id = node().input(input);
    return id ? m_editor.graph().value(id).constant() : nullptr;
}

std::string AdaptContext::freeName(std::string_view what) const {
    const auto& names = *m_editor.graph().names();
    const auto output = node().output();
    const auto stem =
        fmt::format("{}_{}", output ? m_editor.graph().value(output).name() : node().op(), what);
    auto name = stem;
    for (size_t number = 1; names.find(name) != UINT32_MAX; ++number)
        name = fmt::format("{}_{}", stem, number);
    return name;
}

ir::ValueId AdaptContext::addConstant(tensor::Tensor tensor, std::string_view what) const {
    return m_editor.addConstant(std::move(tensor), freeName(what), node().subgraph());
}

ir::ValueId AdaptContext::addNode(std::string_view op, std::vector<ir::ValueId> inputs,
                                  ir::Attributes attributes, std::string_view what,
                                  ir::ValueType type) const {
    const auto subgraph = node().subgraph();
    const auto output = m_editor.addValue(freeName(what), std::move(type), subgraph);
    const auto id = m_editor.addNode({.op = op,
                                      .inputs = std::move(inputs),
                                      .attributes = std::move(attributes),
                                      .outputCount = 0,
                                      .origins = node().origins(),
                                      .subgraph = subgraph});
    m_editor.setOutputs(id, std::span(&output, 1));
    return output;
}

tensor::Tensor AdaptContext::scalarLike(size_t input, float value) const {
    const auto id = node().input(input);
    const auto type = id ? m_editor.graph().value(id).type().element : tensor::DataType::undefined;
    return tensor::visitNumbers(
        type,
        [&](auto tag) {
            using T = typename decltype(tag)::type;
            return tensor::Tensor::scalar(T(value));
        },
        tensor::Tensor::scalar(value));
}

void AdaptContext::integersToInput(std::string_view attribute, size_t input) const {
    const auto* value = attributes().find(attribute);
    if (!value) return;
    if (const auto* list = std::get_if<std::vector<int64_t>>(value))
        m_editor.setInput(m_node, input,
                          addConstant(tensor::Tensor::vector(std::span<const int64_t>(*list)), attribute));
    m_editor.removeAttribute(m_node, attribute);
}

base::Status AdaptContext::inputToIntegers(size_t input, std::string_view attribute,
                                           int64_t inputSince) const {
    if (!node().input(input)) return {};
    const auto* tensor = constant(input);
    if (!tensor) return needs(inputSince, fmt::format("its {} are computed by the graph", attribute));
    m_editor.setAttribute(m_node, std::string(attribute), tensor::toIntegers(*tensor));
    dropInput(input);
    return {};
}

void AdaptContext::dropAttributes(std::initializer_list<std::string_view> names) const {
    for (const auto name : names)
        if (has(name)) m_editor.removeAttribute(m_node, name);
}

void AdaptContext::dropInput(size_t input) const {
    const auto inputs = node().inputs();
    if (inputs.size() <= input) return;
    std::vector<ir::ValueId> kept(inputs.begin(), inputs.begin() + static_cast<std::ptrdiff_t>(input));
    const std::vector<ir::ValueId> dropped(inputs.begin() + static_cast<std::ptrdiff_t>(input), inputs.end());
    while (!kept.empty() && !kept.back()) kept.pop_back();
    m_editor.setInputs(m_node, kept);
    for (const auto value : dropped)
        if (value && m_editor.graph().value(value).isConstant() && m_editor.uses(value).empty() &&
            !m_editor.graph().isOutput(value))
            m_editor.removeValue(value);
}

base::Error AdaptContext::needs(int64_t opset, std::string_view why) const {
    return base::Error{fmt::format("{}: needs operator set {}: {}. Choose that one or a newer one.",
                                   node().label(), opset, why)};
}

namespace {

using Key = std::pair<ir::NameId, ir::NameId>;

struct KeyHash {
    size_t operator()(const Key& key) const { return (uint64_t{key.first} << 32) ^ key.second; }
};

std::unordered_map<Key, const Adapter*, KeyHash> adaptersById(const ir::Graph& graph) {
    std::unordered_map<Key, const Adapter*, KeyHash> result;
    for (const auto& adapter : adapters())
        for (const auto name : adapter.ops) {
            const auto op = graph.names()->find(name);
            const auto domain = graph.names()->find(adapter.domain);
            if (op != UINT32_MAX && domain != UINT32_MAX) result[{domain, op}] = &adapter;
        }
    return result;
}

// The operator sets that hold in each sub-graph: those of the function it lies in, or the model's.
std::vector<const std::map<std::string, int64_t>*> opsetsBySubgraph(const ir::Graph& graph) {
    std::vector<const std::map<std::string, int64_t>*> result(graph.subgraphLimit(), nullptr);
    for (const auto& function : graph.functions()) result[function.body.index] = &function.opsets;
    // A body was made after the sub-graph around it, so one walk upwards finds what holds.
    for (uint32_t s = 0; s < graph.subgraphLimit(); ++s) {
        ir::SubgraphId at{s};
        while (!result[at.index] && graph.subgraph(at).owner)
            at = graph.node(graph.subgraph(at).owner).subgraph();
        result[s] = result[at.index] ? result[at.index] : &graph.info().opsets;
    }
    return result;
}

int64_t versionIn(const std::map<std::string, int64_t>& opsets, std::string_view domain) {
    const auto found = opsets.find(std::string(domain));
    return found == opsets.end() ? 1 : found->second;
}

}  // namespace

base::Status adaptToNewest(ir::Editor& editor, const base::Progress& progress) {
    const auto& graph = editor.graph();
    const auto opsets = opsetsBySubgraph(graph);
    const auto table = adaptersById(graph);
    struct Waiting {
        const Adapter* adapter;
        ir::NodeId node;
        int64_t version;
    };
    std::vector<Waiting> waiting;
    const uint32_t limit = graph.nodeLimit();  // nodes that adapters add are of the newest form
    for (uint32_t n = 0; n < limit; ++n) {
        const ir::NodeId id{n};
        if (!graph.contains(id)) continue;
        if (n % 4096 == 0)
            if (auto status = progress.check(); !status) return status;
        const auto& data = graph.nodeData(id);
        const auto found = table.find({data.domain, data.op});
        if (found == table.end()) continue;
        const auto& adapter = *found->second;
        const auto version = versionIn(*opsets[data.subgraph.index], adapter.domain);
        if (version >= adapter.newest || !adapter.toNewest) continue;
        if (adapter.wantsTypes) {
            waiting.push_back({&adapter, id, version});
        } else if (auto status = adapter.toNewest({editor, id, version}); !status) {
            return status;
        }
    }
    if (!waiting.empty()) {
        // What inference cannot tell stays unknown, and the adapters then take the general way.
        (void)ops::inferTypes(editor);
        for (const auto& [adapter, id, version] : waiting)
            if (graph.contains(id))
                if (auto status = adapter->toNewest({editor, id, version}); !status) return status;
    }
    auto& now = editor.info().opsets;
    if (auto& version = now[""]; version < kNewestOpset) version = kNewestOpset;
    return {};
}

base::Status adaptToOlder(ir::Editor& editor, int64_t opset) {
    const auto& graph = editor.graph();
    const auto table = adaptersById(graph);
    const uint32_t limit = graph.nodeLimit();
    for (uint32_t n = 0; n < limit; ++n) {
        const ir::NodeId id{n};
        if (!graph.contains(id)) continue;
        const auto& data = graph.nodeData(id);
        if (data.domain != 0) continue;
        const auto found = table.find({data.domain, data.op});
        if (auto status = dropNewerAttributes({editor, id, opset}); !status) return status;
        if (found == table.end()) continue;
        const auto& adapter = *found->second;
        if (opset >= adapter.newest || !adapter.toOlder) continue;
        if (auto status = adapter.toOlder({editor, id, opset}); !status) return status;
    }
    return {};
}

}  // namespace lathe::formats::onnx
